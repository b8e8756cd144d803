"""What must hold of an appointment before it is written; the verbs, the admin and the import all ask here."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from roles.affiliation import main_posting
from roles.models import Appointment, Person, Unit
from roles.seats import RULES, SHARED_SEATS, Level, Seat

FOREVER = date(9999, 12, 31)
# Used until the ward's own list stands among the legal parameters (`audit.eligible_titles`).
ELIGIBLE_TITLES = ("部長", "室長", "課長", "所長", "館長", "事務局長")


def problems(appointment: Appointment) -> dict[str, str]:
    """Field name -> sentence in Japanese for everything that does not hold; empty when all is well.

    Asks for whole rows: `seat`, `person` and `valid_from` are set. Several queries; for one row, not for a batch.
    """
    found = _unit_problems(appointment) or {}
    if appointment.valid_to and appointment.valid_to < appointment.valid_from:
        found["valid_to"] = "終了日は就任日以後の日付にしてください。"
    if not appointment.person.is_active and (appointment.valid_to or FOREVER) >= today():
        found["person"] = f"{appointment.person.name}さんは在籍していません。別の人を選んでください。"
    if appointment.seat == Seat.AUDIT_OFFICER:
        found |= audit_problems(appointment)
    if not found and (other := conflict(appointment)):
        found["valid_from"] = _conflict_sentence(appointment, other)
    return found


def _unit_problems(appointment: Appointment) -> dict[str, str]:
    seat, unit = Seat(appointment.seat), appointment.unit
    level = RULES[seat].level
    if level is Level.WARD:
        return {} if unit is None else {"unit": f"{seat.label}は区全体の役割です。組織を空にしてください。"}
    if unit is None:
        return {"unit": f"{seat.label}は組織ごとの役割です。組織を選んでください。"}
    if level is Level.DEPARTMENT and not unit.is_department:
        return {"unit": f"{seat.label}は部に置く役割です。{unit.name}は部ではありません（第4条第1項）。"}
    if level is Level.SECTION and not (unit.is_section or unit.is_school):
        return {"unit": f"{seat.label}は課または学校に置く役割です。{unit.name}はどちらでもありません（第5条第1項）。"}
    return _day_problems(appointment, unit)


def _day_problems(appointment: Appointment, unit: Unit) -> dict[str, str]:
    if appointment.valid_from < unit.valid_from:
        return {"valid_from": f"{unit.name}は{wareki(unit.valid_from)}からの組織です。それ以後の日付にしてください。"}
    if unit.valid_to and (appointment.valid_to or FOREVER) > unit.valid_to:
        return {"valid_to": f"{unit.name}は{wareki(unit.valid_to)}までの組織です。終了日をその日までにしてください。"}
    return {}


def audit_problems(appointment: Appointment) -> dict[str, str]:
    """第7条第2項: from 部長 and 課長, by 総括保護管理者, with the reason why the audit will be fair."""
    found = {}
    if not appointment.reason.strip():
        found["reason"] = "監査の公平性を確保できる理由を書いてください（第7条第2項）。"
    if appointment.appointed_by_id is None:
        found["appointed_by"] = "監査責任者を任命する総括保護管理者を選んでください（第7条第2項）。"
    if (appointment.valid_to or FOREVER) >= today() and not is_eligible(appointment.person):
        titles = "・".join(eligible_titles())
        found["person"] = f"監査責任者は部長または課長から任命します（第7条第2項）。対象の職名：{titles}"
    return found


def eligible_titles(on: date | None = None) -> Sequence[str]:
    """The titles that count as 部長 or 課長 on a day; data of the ward."""
    try:
        titles: Sequence[str] = parameter("audit.eligible_titles", on)
    except LookupError:
        titles = ELIGIBLE_TITLES
    return titles


def is_eligible(person: Person, on: date | None = None) -> bool:
    """Whether the person's main posting is that of a 部長 or 課長 (第7条第2項)."""
    posting = main_posting(person, on)
    return posting is not None and not posting.unit.is_school and posting.title in eligible_titles(on)


def conflict(appointment: Appointment) -> Appointment | None:
    """The appointment already there that this one would overlap, or None."""
    overlap = Q(valid_to=None) | Q(valid_to__gte=appointment.valid_from)
    rows = (
        Appointment.objects.filter(overlap, seat=appointment.seat, unit=appointment.unit)
        .filter(valid_from__lte=appointment.valid_to or FOREVER)
        .exclude(pk=appointment.pk)
        .select_related("person", "unit")
    )
    if appointment.seat in SHARED_SEATS:
        rows = rows.filter(person=appointment.person)
    return rows.order_by("valid_from").first()


def _conflict_sentence(appointment: Appointment, other: Appointment) -> str:
    day = timedelta(days=1)
    advice = (
        f"{wareki(other.valid_to + day)}以後にするか、"
        if other.valid_to
        else "先にその終了日（この日の前日まで）を入れるか、"
    )
    return (
        f"{other.label}には{other.person.name}さんが{period(other.valid_from, other.valid_to)}就いています。"
        f"同じ期間に2人は就けません。{advice}職務代理にしてください。"
        if appointment.seat not in SHARED_SEATS
        else f"{other.person.name}さんは{period(other.valid_from, other.valid_to)}、すでにこの役割に就いています。"
    )


def period(begin: date, end: date | None) -> str:
    """「令和5年4月1日から令和8年3月31日まで」."""
    return f"{wareki(begin)}から{wareki(end)}まで" if end else f"{wareki(begin)}から"
