"""What each page of the notifications is given to print."""

from secrets import token_urlsafe
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict

from files_registry.catalogue import listing as files
from files_registry.catalogue.policies import UNIT_SEATS, can_see_internal, unit_post
from files_registry.catalogue.pressing import Tried
from files_registry.filings import forms, presenters
from files_registry.filings.cells_form import CellsForm
from files_registry.filings.lateness import WITH_DISCLOSURE, due_on
from files_registry.filings.listing import TABS
from files_registry.filings.models import Filing, FilingKind
from files_registry.filings.moves import possible
from files_registry.filings.panel import panel_of
from files_registry.filings.steps import steps
from files_registry.filings.turns import seat_all, who_has_it
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import parameter
from roles.holdings import holdings_of
from roles.models import Person, Unit
from roles.seats import Seat


def detail(filing: Filing, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One notification: where it stands, what it says, what may be done."""
    internal = can_see_internal(user, filing.file)
    waiting = who_has_it(filing)
    panel = panel_of(filing, user, tried)
    return {
        "filing": filing,
        "kind": presenters.status_kind(filing),
        "article": presenters.article(filing),
        "now": presenters.now_sentence(waiting, panel.mine),
        "mine": panel.mine,
        "due_on": due_on(filing, review_days() if filing.status in WITH_DISCLOSURE else 0),
        "steps": steps(filing, "あなた" if panel.mine else waiting.seat if waiting else ""),
        "summary": presenters.summary(filing),
        "summary_first": filing.kind == FilingKind.CEASE or filing.considered_at is not None,
        **presenters.content(filing, internal),
        "panel": panel,
        "form": tried.form if tried else None,
        "kept": tried.kept if tried else [],
        "timeline": presenters.told(timeline(filing)),
        "papers": papers(filing),
    }


def papers(filing: Filing) -> list[tuple[str, str]]:
    """The official forms that can be printed: (label, name of the address)."""
    found = []
    if filing.kind == FilingKind.CEASE:
        found.append(("廃止届（PDF）", "filings:cease.pdf"))
    else:
        found.append(("届出書（PDF）", "filings:notification.pdf"))
    if filing.notified_at and filing.result:
        found.append(("検討結果通知書（PDF）", "filings:result.pdf"))
    return found


def new_form(user: Person, data: QueryDict | None, copy: str = "") -> forms.NewFilingForm:
    """The form that begins a notification; `copy` is the key of the file to copy from, as typed in the address."""
    units, own = files.drafting_units(user), files.own_files(user)
    initial: dict[str, Any] = {"copy_from": int(copy)} if copy.isascii() and copy.isdigit() else {}
    initial["token"] = token_urlsafe(24)
    return forms.NewFilingForm(data, units, own, initial=initial)


def edit_form(filing: Filing, user: Person, data: QueryDict | None = None) -> CellsForm | forms.CeaseForm:
    """The long form, or the short one for ceasing."""
    if filing.kind == FilingKind.CEASE:
        return forms.CeaseForm(data, initial=_cease_initial(filing))
    return CellsForm(filing, _units(user, filing), _parents(user, filing), data)


def _cease_initial(filing: Filing) -> dict[str, Any]:
    names = ("planned_on", "late_reason", "note", "stamp")
    return {name: getattr(filing, name) for name in names}


def _units(user: Person, filing: Filing) -> QuerySet[Unit]:
    ids = {*holdings_of(user).seat_units(*UNIT_SEATS), filing.unit_id}
    return Unit.objects.select_related("parent").filter(pk__in=ids)


def _parents(user: Person, filing: Filing) -> QuerySet[Any]:
    return files.own_files(user).exclude(pk=filing.file_id)


def edit(filing: Filing, user: Person, form: Any, refusal: str = "") -> dict[str, Any]:
    """The form of a draft, with what is still open and what may be done with it."""
    return {
        "filing": filing,
        "form": form,
        "kind": presenters.status_kind(filing),
        "article": presenters.article(filing),
        "sections": form.sections() if isinstance(form, CellsForm) else [],
        "missing": [] if form.is_bound else presenters.missing_cells(filing),
        "refusal": refusal,
        "others": bool(getattr(form, "others", {})),
        "editable": possible(filing, "save_draft"),
        "can_file": unit_post(user, filing.unit_id, Seat.PROTECTION_MANAGER) is not None,
    }


def review_days() -> int:
    """The days in which 情報公開課 aims to answer."""
    return int(parameter("filing.review_days"))


def filing_list(request: PersonRequest, tab: str, form: forms.FilingsFilter, page: Page) -> dict[str, Any]:
    """The list under its tabs."""
    aim, wanted = review_days(), form.wanted()
    seat_all(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    tabless = query.copy()
    tabless.pop("tab", None)
    return {
        "tab": tab,
        "tabs": [{"key": key, "label": label, "current": key == tab} for key, label in TABS],
        "filter": form,
        "filtered": bool(wanted),
        "more_filters": bool(wanted.keys() & {"kind", "status", "year"}),
        "page": page,
        "rows": [presenters.list_row(filing, aim) for filing in page.object_list],
        "rest": tabless.urlencode(),
        "plain": f"?tab={tab}",
        "can_draft": bool(holdings_of(request.user).seat_units(*UNIT_SEATS)),
    }
