"""What a verb needs of the facts it is given; each raises Invalid with a sentence per field."""

from datetime import date

from django.utils import timezone

from files_registry.catalogue.cells import changed_fields, missing
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.filings.lateness import date_errors, is_late, late_sentence
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, Result
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.refusals import Invalid

LONG = 4000


def text(field: str, value: str, limit: int = 2000) -> None:
    """Not longer than the record takes, and without control characters."""
    if len(value) > limit:
        raise Invalid({field: f"{limit:,}字以内で書いてください（いま{len(value):,}字）。"})
    if any(character < " " and character not in "\r\n\t" for character in value):
        raise Invalid({field: "使えない文字（制御文字）が含まれています。"})


def reason(value: str, sentence: str) -> None:
    """A reason is given."""
    if not value.strip():
        raise Invalid({"reason": sentence})
    text("reason", value, LONG)


def result(value: str, words: str) -> None:
    """One of the results, with its text where there is something to say."""
    if value not in Result.values:
        raise Invalid({"result": "結果を選んでください。"})
    if value != Result.NO_OBJECTION and not words.strip():
        raise Invalid({"result_text": "条件・意見、または再検討してほしい点を書いてください。"})
    text("result_text", words, LONG)


def outcome(filing: Filing, council_on: date | None, words: str, on: date) -> None:
    """The day and the opinion of 個人情報保護運営委員会."""
    errors: dict[str, str] = {}
    if council_on is None:
        errors["council_on"] = "個人情報保護運営委員会の開催日を書いてください。"
    elif council_on > on:
        errors["council_on"] = "開催された日（きょうまでの日付）を書いてください。"
    elif filing.considered_at and council_on < timezone.localdate(filing.considered_at):
        errors["council_on"] = "発議を決めた日以後の日付を書いてください。"
    if not words.strip():
        errors["outcome"] = "個人情報保護運営委員会の意見を書いてください。"
    if errors:
        raise Invalid(errors)
    text("outcome", words, LONG)


def complete(filing: Filing) -> None:
    """Every cell that must say something does, something changed, and the name is not taken in the unit."""
    version = filing.version
    if version is None:
        return
    errors = missing(version)
    if "name" not in errors and _name_taken(filing):
        errors["name"] = "同じ名称のファイルがこの組織にあります。区別できる名称にしてください（1欄）。"
    if version.unit.valid_to is not None and version.unit.valid_to < timezone.localdate():
        errors["unit"] = f"{version.unit.name}は廃止されています。後継の組織を選んでください（3欄）。"
    if filing.kind == FilingKind.CHANGE and not changed_fields(filing.base_version, version):
        errors["__all__"] = "変わった欄がありません。変える欄を書き直してください。"
    if errors:
        raise Invalid(errors)


def _name_taken(filing: Filing) -> bool:
    if filing.version is None:
        return False
    others = PersonalInformationFile.objects.filter(unit=filing.version.unit, name=filing.version.name)
    held = others.filter(status=FileStatus.HELD) | others.filter(
        status=FileStatus.PREPARING, first_filed_on__isnull=False, filings__status__in=OPEN_STATUSES
    )
    return held.exclude(pk=filing.file_id).exists()


def ready_to_submit(filing: Filing, on: date) -> None:
    """Cells and dates. All that is wrong at once."""
    errors = _wanting(filing, on)
    if errors:
        raise Invalid(errors)


def _wanting(filing: Filing, on: date) -> dict[str, str]:
    try:
        complete(filing)
    except Invalid as invalid:
        return invalid.errors | date_errors(filing, on)
    return date_errors(filing, on)


def ready_to_file(filing: Filing, on: date) -> None:
    """Cells, dates, and the reason where it is late. All that is wrong at once."""
    errors = _wanting(filing, on)
    first = timezone.localdate(filing.filed_at) if filing.filed_at else on
    if "planned_on" not in errors and (filing.late or is_late(filing, first)) and not filing.late_reason.strip():
        errors["late_reason"] = late_sentence(filing, first)
    if errors:
        raise Invalid(errors)
    text("late_reason", filing.late_reason)


def effect_day(filing: Filing, on: date | None, now: date) -> None:
    """The day a file begins to be held or a change takes effect.

    Not to come, and not before the result was notified unless it was filed as done already (第10条第1項・第2項).
    """
    if on is None:
        raise Invalid({"on": "保有開始日・変更日を書いてください。"})
    if on > now:
        raise Invalid({"on": "きょうまでの日付を書いてください。その日が来てから実施を記録します。"})
    notified = timezone.localdate(filing.notified_at) if filing.notified_at else None
    if notified and on < notified and not filing.already_done:
        raise Invalid({"on": f"結果が通知された{wareki(notified)}以後の日付を書いてください（第10条第1項）。"})
    if filing.file.held_from and on < filing.file.held_from and filing.kind == FilingKind.CHANGE:
        raise Invalid({"on": f"保有を始めた{wareki(filing.file.held_from)}以後の日付を書いてください。"})
