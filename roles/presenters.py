"""How units, seats and periods are said on a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from roles.appointment_rules import period
from roles.models import Appointment, Person, Unit
from roles.seats import RULES, Basis, Seat

UNIT_SEATS = [Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER]


@dataclass(frozen=True)
class HolderLine:
    """A holder as a list shows it: the name, and what is special about it."""

    name: str
    note: str = ""
    acting: bool = False


@dataclass(frozen=True)
class SeatCell:
    """One seat of one unit on a day. `vacant` is a seat that ought to have a holder."""

    label: str
    article: str
    holders: list[HolderLine] = field(default_factory=list)
    vacant: bool = False
    applies: bool = True
    seat: Seat | None = None


@dataclass(frozen=True)
class UnitRow:
    """A line of the organisation."""

    unit: Unit
    kind: str
    seats: list[SeatCell]
    note: str = ""


def told_apart(row: Unit | Person) -> str:
    """「区民部 税務課（0310）」「練馬 太郎（N00049）」: two of one name are told apart where one is chosen."""
    return f"{row.full_name}（{row.code}）" if isinstance(row, Unit) else f"{row.name}（{row.staff_number}）"


def article_name(article: str) -> str:
    """「第5条第1項」 of "5-1"."""
    number, _, paragraph = article.partition("-")
    return f"第{number}条第{paragraph}項" if paragraph else f"第{number}条"


def kind_of(unit: Unit) -> str:
    """「部」「課」「部・課」「学校」."""
    if unit.is_school:
        return "学校"
    return "・".join(word for word, flag in (("部", unit.is_department), ("課", unit.is_section)) if flag)


def seats_for(unit: Unit) -> list[Seat]:
    """The seats a unit has."""
    has = [unit.is_department, unit.is_section or unit.is_school, unit.is_section or unit.is_school]
    return [seat for seat, applies in zip(UNIT_SEATS, has, strict=True) if applies]


def unit_row(unit: Unit, seats: dict[tuple[int, str], list[Appointment]], on: date, now: Unit | None = None) -> UnitRow:
    """A unit with who holds its seats on a day; what it is called `now`, where that is something else."""
    today_called = f"いまは{now.full_name}" if now and now.full_name != unit.full_name else ""
    note = "　".join(said for said in (life(unit, on), today_called) if said)
    return UnitRow(unit, kind_of(unit), [seat_cell(unit, seat, seats, on) for seat in UNIT_SEATS], note)


def seat_cell(unit: Unit, seat: Seat, seats: dict[tuple[int, str], list[Appointment]], on: date) -> SeatCell:
    """Who holds one seat on a day, or that nobody does."""
    article = article_name(RULES[seat].article)
    if seat not in seats_for(unit):
        return SeatCell(seat.label, article, applies=False)
    rows = seats.get((unit.pk, seat), [])
    lines = [HolderLine(a.person.name, basis_note(a), a.basis == Basis.ACTING) for a in rows]
    stands = unit.valid_from <= on and (unit.valid_to is None or unit.valid_to >= on)
    return SeatCell(seat.label, article, lines, vacant=stands and not lines, seat=seat)


def basis_note(appointment: Appointment) -> str:
    """The basis where it is not the plain one: 兼務, 事務取扱; of 職務代理, marked as such, the last day."""
    if appointment.basis == Basis.ACTING and appointment.valid_to:
        return f"{wareki(appointment.valid_to)}まで"
    return "" if appointment.basis in {Basis.EX_OFFICIO, Basis.NAMED} else appointment.get_basis_display()


def life(unit: Unit, on: date) -> str:
    """What is to be said of a unit's dates: that it ended, or ends, or is to come."""
    if unit.valid_from > on:
        return f"{wareki(unit.valid_from)}に設置"
    if unit.valid_to is None:
        return ""
    return f"{wareki(unit.valid_to)}で廃止" if unit.valid_to < on else f"{wareki(unit.valid_to)}まで"


@dataclass(frozen=True)
class SeatLine:
    """An appointment as a page lists it, with where it stands today."""

    appointment: Appointment
    seat: str
    basis: str
    period: str
    state: str
    kind: str
    allows: str = ""
    article: str = ""
    open: bool = True
    single: bool = True


def ending_days(on: date | None = None) -> int:
    """How many days before its end an appointment is shown as ending."""
    return int(parameter("seats.ending_days", on))


def seat_lines(appointments: Iterable[Appointment], on: date | None = None) -> list[SeatLine]:
    """A line for each appointment, in one query."""
    rows = list(appointments)
    ending = ending_days(on) if any(row.valid_to for row in rows) else 0
    return [seat_line(row, on, ending) for row in rows]


def seat_line(appointment: Appointment, on: date | None = None, ending: int | None = None) -> SeatLine:
    """One line for an appointment: who, on what ground, when, and whether it is past, present or to come.

    `ending` is what `ending_days` answered, where many lines are written.
    """
    on = on or today()
    state, kind = _state(appointment, on, ending)
    rule = RULES[Seat(appointment.seat)]
    return SeatLine(
        appointment=appointment,
        seat=appointment.get_seat_display(),
        basis=_basis(appointment),
        period=period(appointment.valid_from, appointment.valid_to),
        state=state,
        kind=kind,
        allows=rule.allows,
        article=article_name(rule.article),
        open=appointment.valid_to is None or appointment.valid_to >= on,
        single=not rule.several and appointment.basis != Basis.ACTING,
    )


def _basis(appointment: Appointment) -> str:
    basis = str(appointment.get_basis_display())
    return f"{basis}（{appointment.security_post}）" if appointment.security_post else basis


def _state(appointment: Appointment, on: date, ending: int | None) -> tuple[str, str]:
    if appointment.valid_from > on:
        return "これから", "info"
    if appointment.valid_to and appointment.valid_to < on:
        return "終わり", "calm"
    if appointment.valid_to is None:
        return "現在", "done"
    days = ending_days(on) if ending is None else ending
    return ("まもなく終わり", "soon") if appointment.valid_to <= on + timedelta(days=days) else ("現在", "done")
