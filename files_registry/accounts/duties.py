"""What 第11条第1項 asks of the accounts of real systems: compared in time, and every finding answered."""

from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from files_registry.accounts.answering import waiting
from files_registry.accounts.models import AccountFinding
from files_registry.accounts.queries import due_on, first_file, last_as_of, with_files
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import counted, reading
from roles.seats import Seat


@duty("accounts.compared", article="11-1", title="アカウントの突き合わせ", seat=Seat.PROTECTION_MANAGER)
def compared(scope: Scope) -> Asked:
    """The accounts of each system that holds files are compared with the rights at an interval (第11条第1項)."""
    systems = with_files(scope.on)
    if scope.units is not None:
        systems = systems.filter(unit__in=scope.units)
    rows, by_unit = yield [
        reading(systems, "pk", "name", "unit", last_as_of(scope.on), first_file(scope.on)),
        counted(systems, "unit"),
    ]
    interval = int(scope.parameter("accounts.interval_days"))
    ahead = timedelta(days=int(scope.parameter("accounts.ahead_days")))
    findings = []
    for pk, name, unit_id, last, first in sorted(rows, key=lambda row: row[0]):
        due = due_on(last, first, interval)
        if due is not None and scope.on >= due - ahead:
            findings.append(
                Finding(
                    subject=name,
                    url=reverse("accounts:system", args=[pk]),
                    unit_id=unit_id,
                    since=last or first,
                    due_on=due,
                    clears="情報システムの管理者か、所管の保護責任者・保護担当者が、アカウントの一覧を突き合わせると消えます。",
                    key=f"system:{pk}",
                )
            )
    return Outcome.counted(dict(by_unit), findings)


@duty("accounts.answered", article="11-1", title="突き合わせの指摘への答え", seat=Seat.PROTECTION_MANAGER)
def answered(scope: Scope) -> Asked:
    """What a comparison found is answered for: stopped, narrowed, granted, kept until a day (第11条第1項)."""
    findings = waiting(AccountFinding.objects.all(), scope.on)
    systems = with_files(scope.on)
    if scope.units is not None:
        findings = findings.filter(comparison__system__unit__in=scope.units)
        systems = systems.filter(unit__in=scope.units)
    of = ("comparison", "comparison__system__name", "comparison__system__unit")
    grouped = findings.order_by().values(*of).annotate(
        n=Count("pk"),
        recorded=Min("comparison__recorded_at", filter=Q(answer=None)),
        lapsed=Min("answer__until"),
    )  # fmt: skip
    rows, by_unit = yield [reading(grouped, *of, "n", "recorded", "lapsed"), counted(systems, "unit")]
    days = timedelta(days=int(scope.parameter("accounts.answer_days")))
    found = []
    for pk, name, unit_id, count, recorded, lapsed in sorted(rows, key=lambda row: row[0]):
        asked: date | None = timezone.localdate(recorded) if recorded else None
        since = min(day for day in (asked, lapsed) if day)
        found.append(
            Finding(
                subject=f"{name}（{count}件）",
                url=reverse("accounts:detail", args=[pk]),
                unit_id=unit_id,
                since=since,
                due_on=min(day for day in (asked and asked + days, lapsed) if day),
                clears="情報システムの管理者か、保護責任者・保護担当者が、なにをしたかを一件ずつ答えると消えます。",
                key=f"comparison:{pk}",
            )
        )
    units = dict(by_unit)
    for finding in found:
        units.setdefault(finding.unit_id, 1)
    return Outcome.counted(units, found)
