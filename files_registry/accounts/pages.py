"""What each page of account lists is given to print."""

import re
from datetime import timedelta
from typing import Any

from files_registry.accounts import policies, presenters, queries
from files_registry.accounts.answering import choices
from files_registry.accounts.comparing import SHOWN_OF_A_KIND
from files_registry.accounts.forms import AnswerForm
from files_registry.accounts.models import AccountComparison, ComparisonStatus, FindingKind
from files_registry.systems.models import InformationSystem
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.parameters import parameters
from nerima_privacy.web.paging import NarrowPaginator
from roles.models import Person

PER_PAGE = 50
WAITING = "waiting"
DUE = ("accounts.interval_days", "accounts.ahead_days")


def system_list(user: Person, number: Any) -> dict[str, Any]:
    """All systems whose comparisons the reader may know of."""
    systems = policies.systems_for(user).filter(valid_on(today())).order_by("name", "pk")
    page = NarrowPaginator(systems, PER_PAGE, lambda rows: queries.with_standing(rows, user)).get_page(number)
    values = parameters(DUE)
    return {"page": page, "rows": [{"system": system, **_due(system, values)} for system in page.object_list]}


def _due(system: Any, values: dict[str, Any]) -> dict[str, Any]:
    """When the next comparison is due, and whether that is near enough to press."""
    due = queries.due_on(system.last_as_of, system.first_file, int(values["accounts.interval_days"]))
    ahead = timedelta(days=int(values["accounts.ahead_days"]))
    return {"due_on": due, "pressing": due is not None and today() >= due - ahead}


def system_page(user: Person, system: InformationSystem, number: Any) -> dict[str, Any]:
    """One system: when it was compared, what waits, and the comparisons, newest first."""
    standing: Any = queries.with_standing(InformationSystem.objects.filter(pk=system.pk), user).get()
    page = NarrowPaginator(
        queries.comparisons_of(user, system),
        PER_PAGE,
        lambda rows: rows.select_related("recorded_by", "uploaded_by").defer("payload", "shown", "problems", "words"),
    ).get_page(number)
    return {
        "system": standing,
        **_due(standing, parameters(DUE)),
        "may_compare": policies.can_compare(user, system),
        "page": page,
        "rows": [presenters.comparison_row(row, standing.whole) for row in page.object_list],
    }


def draft_page(user: Person, row: AccountComparison, tab: str) -> dict[str, Any]:
    """The dry run: what would be recorded, how many and the first of each kind; or what is wrong."""
    kinds = presenters.kind_counts(row.counts)
    first = next((item["kind"] for item in kinds if item["count"]), FindingKind.GONE)
    kind = FindingKind(tab) if tab in FindingKind.values else first
    lines = row.shown.get(kind.value, [])
    people = Person.objects.in_bulk({line[3] for line in lines if line[3]})
    errors = [problem for problem in row.problems if not problem["warning"]]
    return {
        "comparison": row,
        "checked": row.status == ComparisonStatus.CHECKED,
        "wrong": row.status == ComparisonStatus.WRONG,
        "chip": presenters.STATUS_KIND[ComparisonStatus(row.status)],
        "kinds": kinds,
        "kind": kind,
        "rows": [presenters.dry_row(line, kind, people) for line in lines],
        "more": max(0, row.counts.get(kind.value, 0) - SHOWN_OF_A_KIND),
        "errors": errors,
        "errors_hidden": max(0, row.counts.get("errors", 0) - len(errors)),
        "warnings": [problem for problem in row.problems if problem["warning"]],
        "timeline": timeline(row),
    }


def recorded_page(
    user: Person, row: AccountComparison, tab: str, number: Any, form: AnswerForm | None = None
) -> dict[str, Any]:
    """The findings under their tabs, late first; what was done, and the form that says so."""
    on = today()
    findings = policies.findings_for(user, row)
    counts = queries.counts_of(findings, on)
    if tab not in {WAITING, *FindingKind.values}:
        tab = WAITING if counts[WAITING] else next((k.value for k in FindingKind if counts[k.value]), WAITING)
    shown = queries.of_kind(findings, tab, on).order_by("pk")
    paginator = NarrowPaginator(shown, PER_PAGE, queries.for_list)
    paginator.count = counts[tab]  # known already
    page = paginator.get_page(number)
    may = policies.can_answer(user, row)
    rows = [presenters.row(finding, user, on, answerable=may) for finding in page.object_list]
    offered = [line["value"] for line in rows if line["may"]]
    if form is None and offered:
        form = AnswerForm(choices(), offered)
    sent: Any = form.data if form is not None and form.is_bound else None
    chosen = set(sent.getlist("findings")) if sent else set()
    tabs = [(WAITING, "答え待ち"), *FindingKind.choices]
    return {
        "comparison": row,
        "tab": tab,
        "tabs": [{"key": k, "label": label, "count": counts[k], "current": k == tab} for k, label in tabs],
        "page": page,
        "rows": rows,
        "form": form if offered else None,
        "chosen": chosen,
        "whole": policies.sees_all(user, row),
        "timeline": timeline(row),
    }


def answer_form(data: Any) -> AnswerForm:
    """The form as sent, for the findings ticked or for all that the page offered.

    Whether they may still be answered is the verb's to say.
    """
    sent = data.copy()
    if sent.get("everything"):
        sent.setlist("findings", sent.getlist("offered"))
    keys = [value for value in sent.getlist("findings") if re.fullmatch(r"\d{1,18}:\d{0,18}", value)]
    return AnswerForm(choices(), keys, sent)
