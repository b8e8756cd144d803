"""What is said of a sending that needs no permission of its own, and what it rests on (第12条・第14条)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.handling import facts
from files_registry.handling.acts import Channel, Encryption, Level
from files_registry.handling.models import HandlingRequest, SendingCheck, StandingPermission
from files_registry.handling.policies import asking_unit
from files_registry.handling.requirements import level_of, stricter
from files_registry.handling.scope import outside
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid
from roles.models import Person

SAID = ("channel", "items", "persons", "recipient", "encryption", "standing")
SENTENCES = {
    "what": "送るものを書いてください。",
    "items": "取り扱う記録項目を選んでください。",
    "persons": "本人の数（1人以上）を書いてください。",
    "recipient": "送り先を書いてください。",
    "encryption": "暗号化するかどうかを選んでください。",
}
LIMITS = {"what": 200, "items": 4000, "recipient": 200}
ASK_FIRST = "この秘匿性の区分のファイルをこの方法で送るには、その都度の許可が要ります。先に申請してください（第12条）。"
NO_STANDING = "この方法で送るには、包括許可が要ります。使う包括許可を選ぶか、先に申請してください（第12条）。"


def sending_facts(
    file: PersonalInformationFile, unit_id: int, data: Mapping[str, Any], actor: Person
) -> dict[str, Any]:
    """The fields of the check; Invalid with all that is missing, or lies outside of what needs no permission."""
    channel = data.get("channel")
    if channel not in Channel.values:
        raise Invalid({"channel": "送る方法を選んでください。"})
    level = level_of(file, Channel(channel).act)
    if level == Level.EACH:
        raise Invalid({"channel": ASK_FIRST})
    values: dict[str, Any] = {name: data.get(name) for name in ("channel", *SENTENCES)}
    errors = {name: said for name, said in SENTENCES.items() if not str(values[name] or "").strip()}
    if values["encryption"] not in Encryption.values:
        errors["encryption"] = SENTENCES["encryption"]
    if not isinstance(values["persons"], int) or values["persons"] < 1:
        errors["persons"] = SENTENCES["persons"]
    if errors:
        raise Invalid(errors)
    for name, limit in LIMITS.items():
        values[name] = str(values[name]).strip()
        facts.text(name, values[name], limit)
    standing = _standing(file, unit_id, level, data.get("standing"), values, actor)
    return {**values, "level": level, "standing": standing}


def gone(check: SendingCheck, on: date) -> str:
    """Why what is checked may not be sent on a day any more, though it might when its check began; empty if it may."""
    if check.request is not None:
        return over(check.request, on)
    if asking_unit(check.filled_by, check.file) is None:
        return f"{check.filled_by.name}さんは、異動などでこのファイルを扱わなくなりました。"
    level = level_of(check.file, Channel(check.channel).act, on)
    if stricter(check.level, level) != check.level:
        return "この方法で送るのに要るものが、厳しくなりました。"
    if check.standing is not None and not check.standing.stands(on):
        return f"包括許可 {check.standing_id} は、もう有効ではありません。"
    return ""


def over(request: HandlingRequest, on: date) -> str:
    """Why a request lets nothing be sent any more: its period has passed, its applicant left; empty where it does."""
    if asking_unit(request.applicant, request.file) is None:
        return f"{request.applicant.name}さんは、異動などでこのファイルを扱わなくなりました。"
    if request.ends_on is None or request.ends_on >= on:
        return ""
    return f"許可された期間（{wareki(request.ends_on)}まで）が過ぎています。"


def rested_on(check: SendingCheck, on: date) -> None:
    """Invalid where the standing permission or the file was no more on the day something was sent."""
    ceased = check.file.ceased_on
    if ceased is not None and on > ceased:
        raise Invalid({"sent_on": f"ファイルは{wareki(ceased)}に廃止されています。その日までの日付にしてください。"})
    if check.standing_id is None:
        return
    permission = StandingPermission.objects.select_for_update().get(pk=check.standing_id)
    if not permission.stood(on):
        last = min(filter(None, [permission.valid_to, permission.ended_on]))
        raise Invalid(
            {
                "sent_on": f"包括許可 {permission.pk} で送ることができたのは、{wareki(last)}までです。"
                "そのあとに送ったときは、保護責任者に知らせてください。"
            }
        )


def _standing(
    file: PersonalInformationFile,
    unit_id: int,
    level: Level,
    named: StandingPermission | None,
    values: Mapping[str, Any],
    actor: Person,
) -> StandingPermission | None:
    """The standing permission it rests on, locked; none where noting is enough. Invalid outside of its scope."""
    if level == Level.NOTE:
        return None
    if named is None:
        raise Invalid({"standing": NO_STANDING})
    permission = StandingPermission.objects.select_for_update().get(pk=named.pk)
    # Never saved: the sending said as a request would say it, so that one rule measures both.
    wanted = HandlingRequest(
        act=Channel(values["channel"]).act,
        file=file,
        applicant=actor,
        prepared_by=actor,
        applicant_unit_id=unit_id,
        begins_on=today(),
        ends_on=today(),
        **{name: values[name] for name in ("items", "persons", "recipient", "encryption")},
    )
    beyond = outside(wanted, permission, today())
    if beyond:
        raise Invalid(beyond)
    return permission
