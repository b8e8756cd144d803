"""What a verb needs first: the row locked, the post; and of its facts, each raising Invalid with a sentence a field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemFile
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web.text import FORBIDDEN
from roles.affiliation import main_posting
from roles.models import Appointment, Engagement, Person, Posting, Unit

LIMITS = {"name": 120, "purpose": 400, "words": 2000, "reason": 1000, "mistaken": 1000}
SENTENCES = {
    "name": "情報システムの名称を書いてください。",
    "purpose": "なにに使うかを書いてください。",
    "words": "合意する内容を書いてください。",
    "reason": "理由を書いてください。",
    "mistaken": "前の登録のどこが誤りだったかを書いてください。",
}
STALE = "画面を開いたあとに、この情報システムの記録が変わりました。いまの内容を確かめて、もう一度行ってください。"


def locked(pk: int) -> InformationSystem:
    """The system, locked until the transaction ends: whatever changes around it waits for it."""
    rows = InformationSystem.objects.select_for_update(of=("self",)).select_related("unit__parent")
    return rows.get(pk=pk)


def allowed(post: Appointment | None) -> Appointment:
    """The post in which the verb is done; PermissionDenied without one."""
    if post is None:
        raise PermissionDenied
    return post


def text(name: str, value: str) -> str:
    """The text, which says something, is not too long and holds no control characters; Invalid otherwise."""
    text, limit = value.strip(), LIMITS[name]
    if not text:
        raise Invalid({name: SENTENCES[name]})
    if len(text) > limit:
        raise Invalid({name: f"{limit:,}字以内で書いてください（いま{len(text):,}字）。"})
    if FORBIDDEN.search(text):
        raise Invalid({name: "使えない文字（制御文字）が含まれています。"})
    return text


def texts(data: Mapping[str, Any], *names: str) -> dict[str, str]:
    """All of them; everything that is wrong at once."""
    found: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name in names:
        try:
            found[name] = text(name, str(data.get(name) or ""))
        except Invalid as invalid:
            errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return found


def free_name(name: str, but: int | None = None) -> None:
    """No other system bears the name, in use or not: two of one name could not be told apart in any list."""
    rows = InformationSystem.objects.filter(name=name).select_related("unit__parent")
    other = (rows if but is None else rows.exclude(pk=but)).first()
    if other:
        raise Invalid({"name": f"「{name}」は、{other.unit.full_name}の情報システムとして登録されています。"})


def in_use(system: InformationSystem, doing: str, on: date | None = None) -> None:
    """MoveRefused when the system has been retired: what it was stays as it is."""
    if system.valid_to is not None and system.valid_to < (on or today()):
        raise MoveRefused(f"この情報システムは{wareki(system.valid_to)}で使い終えているので、{doing}ことはできません。")


def same_page(system: InformationSystem, stamp: int | None) -> None:
    """MoveRefused when somebody changed the system since the page was opened."""
    if stamp is not None and stamp != system.stamp:
        raise MoveRefused(STALE)


def begins_within(system: InformationSystem, field: str, on: date) -> None:
    """Not before the system was in use, nor after its last day."""
    if on < system.valid_from:
        raise Invalid({field: f"情報システムを使いはじめた日（{wareki(system.valid_from)}）以後の日付にしてください。"})
    if system.valid_to is not None and on > system.valid_to:
        raise Invalid({field: f"情報システムを使い終える日（{wareki(system.valid_to)}）までの日付にしてください。"})


def begins_before_its_parts(system: InformationSystem, valid_from: date) -> None:
    """Not after its own last day, nor after somebody began to administer it or a file was put into it."""
    if system.valid_to is not None and valid_from > system.valid_to:
        raise Invalid({"valid_from": f"使い終える日（{wareki(system.valid_to)}）以前の日付にしてください。"})
    parts = (system.administrators.standing(), system.system_files.all())
    begun = [rows.order_by("valid_from").first() for rows in parts]
    first = min((row.valid_from for row in begun if row is not None), default=None)
    if first is not None and valid_from > first:
        said = f"管理者またはファイルの結びつきが{wareki(first)}からあります。その日以前の日付にしてください。"
        raise Invalid({"valid_from": said})


def ends_after(row: SystemAdministrator | SystemFile | InformationSystem, last_day: date, field: str) -> None:
    """The last day is not before the first."""
    if last_day < row.valid_from:
        raise Invalid({field: f"はじまりの日（{wareki(row.valid_from)}）以後の日付にしてください。"})


def place_of(person: Person, system: InformationSystem, on: date) -> Unit:
    """Where the person works who is to administer a system: its own unit where posted there, else the main one.

    Only staff of the ward: 派遣 and 委託先 work for whoever does, and answer to nobody under the guideline.
    """
    if person.engagement != Engagement.WARD or not person.is_active:
        raise Invalid({"person": "管理者にできるのは、在籍している区の職員・教職員だけです。"})
    rows = Posting.objects.on(on).filter(person=person).select_related("unit__parent")
    own = rows.filter(unit=system.unit_id).first()
    posting = own or main_posting(person, on)
    if posting:
        return posting.unit
    seat = Appointment.objects.on(on).filter(person=person, unit__isnull=False).select_related("unit").first()
    if seat is None or seat.unit is None:
        raise Invalid({"person": f"{person.name}さんは、{wareki(on)}の所属がありません。"})
    return seat.unit
