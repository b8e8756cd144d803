"""What a verb needs of the facts it is given; each raises Invalid with a sentence per field."""

from datetime import date, timedelta

from django.utils import timezone

from files_registry.handling.acts import SAYS, Act, Encryption
from files_registry.handling.models import Basis, HandlingRequest, ReturnKind, SendingCheck
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.refusals import Invalid
from nerima_privacy.web.text import FORBIDDEN

SENTENCES = {
    "act_text": "どのような行為かを書いてください。",
    "channel": "送る方法を選んでください。",
    "items": "取り扱う記録項目を選んでください。",
    "persons": "本人の数を書いてください。",
    "medium": "媒体を選んでください。",
    "encryption": "暗号化するかどうかを選んでください。",
    "recipient": "送り先を書いてください。",
    "place": "場所を書いてください。",
    "begins_on": "期間の初日を書いてください。",
    "ends_on": "期間の末日を書いてください。",
    "return_due_on": "返却・消去の期限を書いてください。",
    "reason": "必要な理由を書いてください。",
}
LIMITS = {
    "act_text": 200,
    "items": 4000,
    "encryption_note": 200,
    "recipient": 200,
    "place": 200,
    "reason": 2000,
}


def text(field: str, value: str, limit: int = 2000) -> None:
    """Not longer than the record takes, and without control characters."""
    if len(value) > limit:
        raise Invalid({field: f"{limit:,}字以内で書いてください（いま{len(value):,}字）。"})
    if FORBIDDEN.search(value):
        raise Invalid({field: "使えない文字（制御文字）が含まれています。"})


def written(field: str, value: str, sentence: str, limit: int = 2000) -> str:
    """The text, which must say something."""
    if not value.strip():
        raise Invalid({field: sentence})
    text(field, value, limit)
    return value.strip()


def complete(request: HandlingRequest, on: date) -> None:
    """Everything a request of its act must say, and dates that fit together. All that is wrong at once."""
    says = SAYS[Act(request.act)]
    errors = {name: SENTENCES[name] for name in says.must if getattr(request, name) in ("", None)}
    if request.channel and request.channel not in says.channels:
        errors["channel"] = SENTENCES["channel"]
    if request.encryption == Encryption.PLAIN and not request.encryption_note.strip():
        errors["encryption_note"] = "暗号化しない理由を書いてください。"
    if request.persons is not None and request.persons < 1:
        errors["persons"] = "1人以上の数を書いてください。"
    errors |= {name: sentence for name, sentence in _dates(request, on).items() if name not in errors}
    if errors:
        raise Invalid(errors)


def _dates(request: HandlingRequest, on: date) -> dict[str, str]:
    found = {}
    if request.ends_on and request.ends_on < on:
        found["ends_on"] = "これから行う期間を書いてください。終わった行為は申請できません。"
    elif request.begins_on and request.ends_on and request.ends_on < request.begins_on:
        found["ends_on"] = "初日以後の日付を書いてください。"
    if request.return_due_on and request.begins_on and request.return_due_on < request.begins_on:
        found["return_due_on"] = "期間の初日以後の日付を書いてください。"
    return found


def done_day(request: HandlingRequest, on: date | None, now: date) -> date:
    """The day it was done: within the period that was allowed, not before somebody allowed it, and not to come."""
    if on is None:
        raise Invalid({"done_on": "実施した日を書いてください。"})
    if on > now:
        raise Invalid({"done_on": "きょうまでの日付を書いてください。"})
    first, last = request.begins_on, request.ends_on
    if (first and on < first) or (last and on > last):
        raise Invalid(
            {
                "done_on": f"許可された期間（{wareki(first or on)}から{wareki(last or on)}まで）の日付にしてください。"
                "期間の外で行ったときは、保護責任者に知らせてください。"
            }
        )
    allowed = timezone.localdate(request.decided_at) if request.basis == Basis.DECIDED else None
    if allowed and on < allowed:
        raise Invalid(
            {
                "done_on": f"許可された日（{wareki(allowed)}）以後の日付にしてください。"
                "許可の前に行ったときは、保護責任者に知らせてください。"
            }
        )
    return on


def sent_day(on: date | None, now: date) -> date:
    """The day something was sent: said, and not to come."""
    if on is None:
        raise Invalid({"sent_on": "送った日を書いてください。"})
    if on > now:
        raise Invalid({"sent_on": "きょうまでの日付を書いてください。"})
    return on


def after_check(field: str, on: date, check: SendingCheck, days: int) -> None:
    """Whether what was checked by two was sent after that, and before the check was too old (第14条)."""
    first = timezone.localdate(check.confirmed_at)
    last = first + timedelta(days=days)
    if on < first:
        raise Invalid(
            {
                field: f"二人目が確かめた日（{wareki(first)}）以後の日付にしてください。"
                "確かめる前に送ったときは、保護責任者に知らせてください。"
            }
        )
    if on > last:
        raise Invalid(
            {
                field: f"確かめてから{days}日（{wareki(last)}まで）のうちに送ります。まだ送っていないときは、"
                "送る前の確認を取りやめて、はじめからやり直してください。もう送ったときは、保護責任者に知らせてください。"
            }
        )


def later_day(request: HandlingRequest, on: date | None, now: date) -> date:
    """The later day that is asked for: after the day as it is, and not over."""
    if on is None:
        raise Invalid({"due_on": "いつまで延ばすかを書いてください。"})
    if request.return_due_on and on <= request.return_due_on:
        raise Invalid({"due_on": f"いまの期限（{wareki(request.return_due_on)}）よりあとの日付を書いてください。"})
    return not_over("due_on", on, now)


def not_over(field: str, on: date, now: date) -> date:
    """A day to come, today included."""
    if on < now:
        raise Invalid({field: f"{wareki(on)}は過ぎています。きょう以後の日付で求め直してください。"})
    return on


def returned(request: HandlingRequest, kind: str, on: date | None, evidence: str, now: date) -> None:
    """How, when, and what shows it."""
    errors = {}
    if kind not in ReturnKind.values:
        errors["return_kind"] = "返却したか、消去・廃棄したかを選んでください。"
    if on is None:
        errors["returned_on"] = "返却・消去した日を書いてください。"
    elif on > now:
        errors["returned_on"] = "きょうまでの日付を書いてください。"
    elif request.done_on and on < request.done_on:
        errors["returned_on"] = f"実施した日（{wareki(request.done_on)}）以後の日付を書いてください。"
    if not evidence.strip():
        errors["return_evidence"] = "だれと、どのように確かめたかを書いてください。"
    if errors:
        raise Invalid(errors)
    text("return_evidence", evidence)
