"""What 第3条–第7条 ask of seats: each has its holder, who holds the security post it follows, and audits fairly.

All duties of one scope share six queries, however many units and people there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.appointment_rules import eligible_titles
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Basis, Seat

DAY = timedelta(days=1)
REGISTERS = "システム管理者が管理画面の「任命」で後任か職務代理を登録すると消えます。"
Key = tuple[int | None, Seat]


@dataclass
class Seating:
    """Units that stand on a day, and who holds their seats then and in the days until `ahead`."""

    on: date
    ahead: date
    units: list[Unit]
    now: dict[Key, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    coming: dict[Key, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    left_on: dict[Key, date] = field(default_factory=dict)

    def finding(self, seat: Seat, unit: Unit | None) -> Finding | None:
        """That nobody holds the seat, or that nobody follows the one whose period ends by `ahead`."""
        key = (unit.pk if unit else None, seat)
        rows = self.now[key]
        if not rows:
            begin = unit.valid_from if unit else date(2023, 4, 1)
            since = max(self.left_on.get(key, begin), begin)
            return _vacancy(seat, unit, since, None, f"欠員です。{REGISTERS}")
        last = max(row.valid_to or date.max for row in rows)
        followed = any(row.valid_from <= last + DAY for row in self.coming[key]) if last < date.max else True
        if followed or last > self.ahead or (unit is not None and unit.valid_to == last):
            return None
        since = max(row.valid_from for row in rows)
        acting = "職務代理が" if any(row.basis == Basis.ACTING for row in rows) else ""
        return _vacancy(seat, unit, since, last, f"{acting}まもなく終わり、後任がいません。{REGISTERS}")


def _vacancy(seat: Seat, unit: Unit | None, since: date, due_on: date | None, clears: str) -> Finding:
    return Finding(
        subject=f"{unit.full_name}　{seat.label}" if unit else str(seat.label),
        url=reverse("units:detail", args=[unit.code]) if unit else reverse("units:list"),
        unit_id=unit.pk if unit else None,
        since=since,
        due_on=due_on,
        clears=clears,
        key=f"{seat}:{unit.pk if unit else 'ward'}",
    )


def _seating(scope: Scope) -> Seating:
    return scope.once("roles.seating", lambda: _read(scope))


def _read(scope: Scope) -> Seating:
    on = scope.on
    ahead = on + timedelta(days=int(scope.parameter("seats.look_ahead_days")))
    units = Unit.objects.filter(valid_on(on)).select_related("parent").order_by("code")
    rows = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=ahead + DAY)
    ended = Appointment.objects.filter(valid_to__lt=on)
    if scope.units is not None:
        units = units.filter(pk__in=scope.units)
        rows, ended = rows.filter(unit__in=scope.units), ended.filter(unit__in=scope.units)
    seating = Seating(on, ahead, list(units))
    left: dict[int, list[Appointment]] = defaultdict(list)
    for row in rows.select_related("person", "unit"):
        key = (row.unit_id, Seat(row.seat))
        if not row.person.is_active:
            left[row.person_id].append(row)
        elif row.valid_from > on:
            seating.coming[key].append(row)
        else:
            seating.now[key].append(row)
    for unit_id, seat, last in ended.order_by().values_list("unit", "seat").annotate(last=Max("valid_to")):
        seating.left_on[unit_id, Seat(seat)] = last + DAY
    _leavers(seating, left)
    return seating


def _leavers(seating: Seating, left: dict[int, list[Appointment]]) -> None:
    """The seats of people no longer 在籍 are vacant from the day they were set so."""
    versions = Person.history.filter(id__in=left, is_active=False)
    for person_id, since in versions.order_by().values_list("id").annotate(first=Min("history_date")):
        for row in left[person_id]:
            seating.left_on[row.unit_id, Seat(row.seat)] = timezone.localdate(since)


def _ward(scope: Scope, seat: Seat) -> Outcome:
    if scope.units is not None:
        return Outcome.counted({}, [])
    finding = _seating(scope).finding(seat, None)
    return Outcome.counted({None: 1}, [finding] if finding else [])


def _each(scope: Scope, seat: Seat, *, departments: bool) -> Outcome:
    seating = _seating(scope)
    units = [u for u in seating.units if (u.is_department if departments else u.is_section or u.is_school)]
    findings = [finding for unit in units if (finding := seating.finding(seat, unit))]
    return Outcome.counted(Counter[int | None](unit.pk for unit in units), findings)


@duty("roles.general_manager_seated", article="3-1", title="総括保護管理者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def general_manager_seated(scope: Scope) -> Outcome:
    """The ward has its 総括保護管理者 (第3条第1項)."""
    return _ward(scope, Seat.GENERAL_PROTECTION_MANAGER)


@duty("roles.department_managers_seated", article="4-1", title="保護管理責任者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def department_managers_seated(scope: Scope) -> Outcome:
    """Each 部 has its 保護管理責任者 (第4条第1項)."""
    return _each(scope, Seat.DEPARTMENT_PROTECTION_MANAGER, departments=True)


@duty("roles.managers_seated", article="5-1", title="保護責任者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def managers_seated(scope: Scope) -> Outcome:
    """Each 課 and 学校 has its 保護責任者 (第5条第1項)."""
    return _each(scope, Seat.PROTECTION_MANAGER, departments=False)


@duty("roles.officers_seated", article="6-1", title="保護担当者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def officers_seated(scope: Scope) -> Outcome:
    """Each 課 and 学校 has at least one 保護担当者 (第6条第1項)."""
    return _each(scope, Seat.PROTECTION_OFFICER, departments=False)


@duty("roles.audit_officer_seated", article="7-1", title="監査責任者の設置", seat=Seat.GENERAL_PROTECTION_MANAGER)
def audit_officer_seated(scope: Scope) -> Outcome:
    """The ward has at least one 監査責任者 (第7条第1項)."""
    outcome = _ward(scope, Seat.AUDIT_OFFICER)
    url, clears = reverse("units:audit-officers"), "総括保護管理者が監査責任者を任命すると消えます。"
    findings = [
        Finding(f.subject, url, None, f.since, f.due_on, clears, f.key, Seat.GENERAL_PROTECTION_MANAGER)
        for f in outcome.findings
    ]
    return Outcome(outcome.subjects, findings, outcome.by_unit)


def _post_named(scope: Scope, seat: Seat) -> Outcome:
    """Of those who hold a seat ex officio: that the post it follows is written down."""
    rows = [
        row
        for (_, held), people in _seating(scope).now.items()
        if held == seat
        for row in people
        if row.basis == Basis.EX_OFFICIO and row.unit is not None
    ]
    findings = [
        Finding(
            subject=row.label,
            url=reverse("units:detail", args=[row.unit.code]) if row.unit else "",
            unit_id=row.unit_id,
            since=row.valid_from,
            due_on=None,
            clears="システム管理者が任命に「兼ねる情報セキュリティの職」を記入すると消えます。",
            key=f"post:{row.pk}",
        )
        for row in rows
        if not row.security_post.strip()
    ]
    return Outcome.counted(Counter(row.unit_id for row in rows), findings)


@duty("roles.department_post_named", article="4-2", title="兼ねる職の記載（部）", seat=Seat.SYSTEM_ADMINISTRATOR)
def department_post_named(scope: Scope) -> Outcome:
    """保護管理責任者 hold the post of 情報セキュリティ管理責任者 (第4条第2項)."""
    return _post_named(scope, Seat.DEPARTMENT_PROTECTION_MANAGER)


@duty("roles.manager_post_named", article="5-2", title="兼ねる職の記載（課・学校）", seat=Seat.SYSTEM_ADMINISTRATOR)
def manager_post_named(scope: Scope) -> Outcome:
    """保護責任者 hold the post of 情報セキュリティ責任者, in schools 学校情報セキュリティ管理責任者 (第5条第2項)."""
    return _post_named(scope, Seat.PROTECTION_MANAGER)


@duty("roles.officer_post_named", article="6-2", title="兼ねる職の記載（担当者）", seat=Seat.SYSTEM_ADMINISTRATOR)
def officer_post_named(scope: Scope) -> Outcome:
    """保護担当者 hold the post of 情報セキュリティ担当者, in schools 学校情報セキュリティ管理者 (第6条第2項)."""
    return _post_named(scope, Seat.PROTECTION_OFFICER)


@duty("roles.audit_officers_fair", article="7-2", title="監査の公平性", seat=Seat.GENERAL_PROTECTION_MANAGER)
def audit_officers_fair(scope: Scope) -> Outcome:
    """監査責任者 are still 部長 or 課長, and each 部 can be audited by one who does not belong to it (第7条第2項)."""
    if scope.units is not None:
        return Outcome.counted({}, [])
    officers = _seating(scope).now[None, Seat.AUDIT_OFFICER]
    postings = Posting.objects.filter(
        valid_on(scope.on), is_main=True, person__in=[row.person_id for row in officers]
    ).select_related("unit__parent")
    at = {posting.person_id: posting for posting in postings}
    titles = eligible_titles(scope.on)
    findings = [
        _unfair(row, "部長または課長ではなくなりました。総括保護管理者が任命を終えるか、任命し直すと消えます。")
        for row in officers
        if (posting := at.get(row.person_id)) is None or posting.title not in titles
    ]
    departments = {posting.unit.department for posting in at.values()}
    if officers and len(at) == len(officers) and len(departments) == 1 and None not in departments:
        row = max(officers, key=lambda a: a.valid_from)
        words = "監査責任者の全員が同じ部に所属し、その部を監査できる人がいません。別の部の人も任命すると消えます。"
        findings = findings or [_unfair(row, words)]
    return Outcome.counted({None: len(officers)}, findings)


def _unfair(row: Appointment, clears: str) -> Finding:
    return Finding(
        subject=f"監査責任者　{row.person.name}",
        url=reverse("units:audit-officers"),
        unit_id=None,
        since=row.valid_from,
        due_on=None,
        clears=clears,
        key=f"fair:{row.pk}",
    )
