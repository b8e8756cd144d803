"""What 第3条–第7条 ask of seats: each has its holder, who holds the security post it follows, and audits fairly."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Case, F, When
from django.urls import reverse

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import reading
from roles.appointment_rules import ELIGIBLE_TITLES
from roles.held_seats import Held, seating
from roles.models import Appointment, Posting
from roles.seats import Basis, Seat


def _ward(scope: Scope, seat: Seat) -> Asked:
    if scope.units is not None:
        return Outcome.counted({}, [])
    seats = yield from seating(scope, ward=True)
    finding = seats.finding(seat, None)
    return Outcome.counted({None: 1}, [finding] if finding else [])


def _each(scope: Scope, seat: Seat, *, departments: bool) -> Asked:
    seats = yield from seating(scope, ward=False)
    units = [u for u in seats.units if (u.is_department if departments else u.is_section or u.is_school)]
    findings = [finding for unit in units if (finding := seats.finding(seat, unit))]
    return Outcome.counted(Counter[int | None](unit.pk for unit in units), findings)


@duty("roles.general_manager_seated", article="3-1", title="総括保護管理者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def general_manager_seated(scope: Scope) -> Asked:
    """The ward has its 総括保護管理者 (第3条第1項)."""
    return _ward(scope, Seat.GENERAL_PROTECTION_MANAGER)


@duty("roles.department_managers_seated", article="4-1", title="保護管理責任者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def department_managers_seated(scope: Scope) -> Asked:
    """Each 部 has its 保護管理責任者 (第4条第1項)."""
    return _each(scope, Seat.DEPARTMENT_PROTECTION_MANAGER, departments=True)


@duty("roles.managers_seated", article="5-1", title="保護責任者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def managers_seated(scope: Scope) -> Asked:
    """Each 課 and 学校 has its 保護責任者 (第5条第1項)."""
    return _each(scope, Seat.PROTECTION_MANAGER, departments=False)


@duty("roles.officers_seated", article="6-1", title="保護担当者の設置", seat=Seat.SYSTEM_ADMINISTRATOR)
def officers_seated(scope: Scope) -> Asked:
    """Each 課 and 学校 has at least one 保護担当者 (第6条第1項)."""
    return _each(scope, Seat.PROTECTION_OFFICER, departments=False)


@duty("roles.audit_officer_seated", article="7-1", title="監査責任者の設置", seat=Seat.GENERAL_PROTECTION_MANAGER)
def audit_officer_seated(scope: Scope) -> Asked:
    """The ward has at least one 監査責任者 (第7条第1項)."""
    outcome = yield from _ward(scope, Seat.AUDIT_OFFICER)
    appoints = Seat.GENERAL_PROTECTION_MANAGER
    url, clears = reverse("units:audit-officers"), "総括保護管理者が監査責任者を任命すると消えます。"
    findings = [replace(finding, url=url, clears=clears, seat=appoints) for finding in outcome.findings]
    return Outcome(outcome.subjects, findings, outcome.by_unit)


def _post_named(scope: Scope, seat: Seat) -> Asked:
    """Of those who hold a seat ex officio: that the post it follows is written down."""
    seats = yield from seating(scope, ward=False)
    rows = [
        row
        for (_, held), people in seats.now.items()
        if held == seat
        for row in people
        if row.basis == Basis.EX_OFFICIO
    ]
    findings = [
        Finding(
            subject=f"{row.unit_name}　{seat.label}",
            url=reverse("units:detail", args=[row.unit_code]),
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
def department_post_named(scope: Scope) -> Asked:
    """保護管理責任者 hold the post of 情報セキュリティ管理責任者 (第4条第2項)."""
    return _post_named(scope, Seat.DEPARTMENT_PROTECTION_MANAGER)


@duty("roles.manager_post_named", article="5-2", title="兼ねる職の記載（課・学校）", seat=Seat.SYSTEM_ADMINISTRATOR)
def manager_post_named(scope: Scope) -> Asked:
    """保護責任者 hold the post of 情報セキュリティ責任者, in schools 学校情報セキュリティ管理責任者 (第5条第2項)."""
    return _post_named(scope, Seat.PROTECTION_MANAGER)


@duty("roles.officer_post_named", article="6-2", title="兼ねる職の記載（担当者）", seat=Seat.SYSTEM_ADMINISTRATOR)
def officer_post_named(scope: Scope) -> Asked:
    """保護担当者 hold the post of 情報セキュリティ担当者, in schools 学校情報セキュリティ管理者 (第6条第2項)."""
    return _post_named(scope, Seat.PROTECTION_OFFICER)


@duty("roles.audit_officers_fair", article="7-2", title="監査の公平性", seat=Seat.GENERAL_PROTECTION_MANAGER)
def audit_officers_fair(scope: Scope) -> Asked:
    """監査責任者 are still 部長 or 課長, and each 部 can be audited by one who does not belong to it (第7条第2項)."""
    if scope.units is not None:
        return Outcome.counted({}, [])
    seated = Appointment.objects.filter(valid_on(scope.on), seat=Seat.AUDIT_OFFICER, person__is_active=True)
    postings = Posting.objects.filter(valid_on(scope.on), is_main=True, person__in=seated.order_by().values("person"))
    department = Case(When(unit__is_department=True, then=F("unit")), default=F("unit__parent"))
    (worked,) = yield [reading(postings, "valid_from", "pk", "person", "title", department)]
    seats = yield from seating(scope, ward=True)  # known by now from the duty above
    officers = seats.now[None, Seat.AUDIT_OFFICER]
    latest_first = sorted(worked, key=lambda row: (-row[0].toordinal(), row[1]))
    at = {person: (title, department) for _, _, person, title, department in latest_first}
    titles = _eligible_titles(scope)
    findings = [
        _unfair(row, "部長または課長ではなくなりました。総括保護管理者が任命を終えるか、任命し直すと消えます。")
        for row in officers
        if (posting := at.get(row.person_id)) is None or posting[0] not in titles
    ]
    departments = {department for _, department in at.values()}
    if officers and len(at) == len(officers) and len(departments) == 1 and None not in departments:
        row = max(officers, key=lambda a: a.valid_from)
        words = "監査責任者の全員が同じ部に所属し、その部を監査できる人がいません。別の部の人も任命すると消えます。"
        findings = findings or [_unfair(row, words)]
    return Outcome.counted({None: len(officers)}, findings)


def _eligible_titles(scope: Scope) -> Sequence[str]:
    try:
        titles: Sequence[str] = scope.parameter("audit.eligible_titles")
    except LookupError:
        titles = ELIGIBLE_TITLES
    return titles


def _unfair(row: Held, clears: str) -> Finding:
    return Finding(
        subject=f"監査責任者　{row.person}",
        url=reverse("units:audit-officers"),
        unit_id=None,
        since=row.valid_from,
        due_on=None,
        clears=clears,
        key=f"fair:{row.pk}",
    )
