"""What each page of audits is given to print."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from audits.examinations import policies, presenters, queries
from audits.examinations.actions import ACTIONS, FOLDED, possible
from audits.examinations.forms import FilesFilter, PlanForm, initial_of
from audits.examinations.models import Audit, AuditStatus
from files_registry.catalogue.pressing import Action, Block, Tried, block_of
from nerima_privacy.activity.presenters import timeline
from roles.models import Person

AGAIN = {AuditStatus.UNDER_WAY: "期間をのばす案をつくる", AuditStatus.ENDED: "引き継ぐ監査の案をつくる"}


def audit_list(user: Person, tab: str, page: Page) -> dict[str, Any]:
    """The list under its tabs."""
    return {
        "tab": tab,
        "tabs": [{"key": key, "label": label, "current": key == tab} for key, label in queries.TABS],
        "page": page,
        "rows": [presenters.row(audit) for audit in page.object_list],
        "may_plan": policies.can_plan(user),
    }


def audit_page(audit: Audit, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One audit: what it says, whose turn it is, what may be done."""
    words, kind = presenters.status(audit)
    turn = policies.deciding_turn(audit) if audit.status == AuditStatus.SUBMITTED else None
    own = policies.own_post(user, audit) is not None
    return {
        "audit": audit,
        "status": words,
        "kind": kind,
        "facts": presenters.facts(audit),
        "outcome": presenters.outcome(audit),
        "turn": turn,
        "mine": policies.can_decide(user, audit) and turn is not None,
        "blocks": _blocks(audit, user, tried),
        "kept": tried.kept if tried else [],
        "may_revise": audit.status == AuditStatus.DRAFT and own,
        "reads_files": policies.can_read_files(user, audit),
        "again": _again(audit, own),
        "going": audit.status == AuditStatus.UNDER_WAY,
        "examined": words == AuditStatus.UNDER_WAY.label and not own and not policies.can_end(user, audit),
        "timeline": timeline(audit),
    }


def _again(audit: Audit, own: bool) -> str:
    """The words under which the same may be planned once more; empty while this one is not decided."""
    if not own or audit.status in (AuditStatus.DRAFT, AuditStatus.SUBMITTED):
        return ""
    return AGAIN.get(AuditStatus(audit.status), "この内容で案をつくり直す")


def _blocks(audit: Audit, user: Person, tried: Tried | None) -> list[Block]:
    def url(action: Action) -> str:
        return reverse(f"audits:{action.name}", args=[audit.pk])

    own = [action for action in ACTIONS.values() if possible(audit, action) and action.can(user, audit)]
    return [block_of(audit, [action], url, tried, folded=action.name in FOLDED) for action in own]


def others(form: PlanForm, audit: Audit) -> list[tuple[str, str]]:
    """What stands in the record where it differs from what was typed: (the field, what it holds)."""
    stored, shown = initial_of(audit), presenters.plan_words(audit)
    typed = form.cleaned_data
    return [
        (str(form[name].label), words)
        for name, words in shown.items()
        if (set(typed[name]) != set(stored[name]) if name in {"officers", "units"} else typed[name] != stored[name])
    ]


def files_page(audit: Audit, form: FilesFilter, page: Page) -> dict[str, Any]:
    """The files of an audit, each with the ways to what shows how it is handled."""
    return {
        "audit": audit,
        "filter": form,
        "filtered": bool(form.wanted()),
        "page": page,
        "rows": [{"file": file, "requests": _requests(file.pk)} for file in page.object_list],
    }


def _requests(file_id: int) -> str:
    return f"{reverse('handling:list')}?{urlencode({'tab': 'all', 'file': file_id})}"
