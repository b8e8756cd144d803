"""What each page of the catalogue is given to print."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.urls import reverse

from files_registry.catalogue import listing, policies, presenters
from files_registry.catalogue.forms import FilesFilter
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.catalogue.panels import Offer, panels_of, procedures_of
from nerima_privacy.activity.field_history import history
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.duties.requests import PersonRequest
from roles.holdings import holdings_of
from roles.models import Person


def file_list(request: PersonRequest, form: FilesFilter, wanted: dict[str, Any], page: Page) -> dict[str, Any]:
    """The list, with what is under way on each file."""
    under_way = procedures_of(listing.ids(page.object_list))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "filter": form,
        "wanted": wanted,
        "more_filters": bool(wanted.keys() & {"processing", "sensitive", "my_number"}),
        "page": page,
        "rows": [
            presenters.list_row(file, under_way.get(file.pk), policies.can_see_internal(request.user, file))
            for file in page.object_list
        ],
        "query": query.urlencode(),
        "can_draft": bool(holdings_of(request.user).seat_units(*policies.UNIT_SEATS)),
    }


def file_page(file: PersonalInformationFile, user: Person) -> dict[str, Any]:
    """One file: the version in force, or the one that is being notified for the first time."""
    internal = policies.can_see_internal(user, file)
    versions = list(listing.versions_for(user, file))
    shown = file.current or (versions[0] if versions else None)
    panels = panels_of(file, user, internal=internal)
    return {
        "file": file,
        "version": shown,
        "marks": presenters.marks(shown) if internal else [],
        "life": presenters.life(file),
        "status_kind": presenters.status_kind(file),
        "facts": presenters.facts(shown) if shown else [],
        "internal_facts": presenters.internal_facts(shown) if internal and shown else [],
        "versions": presenters.version_rows(versions),
        "procedures": [panel.procedure for panel in panels if panel.procedure],
        "earlier": [done for panel in panels for done in panel.earlier],
        "offers": [offer for panel in panels for offer in panel.offers] + disposal_offer(file, user),
        "sections": [section for panel in panels for section in panel.sections],
        "internal": internal,
        "timeline": timeline(file) if internal else None,
    }


def disposal_offer(file: PersonalInformationFile, user: Person) -> list[Offer]:
    """Recording what became of the data, once the file has ceased."""
    if file.status != FileStatus.CEASED or file.disposal:
        return []
    allowed = policies.can_record_disposal(user, file)
    return [
        Offer(
            label="データの処分を記録する",
            consequence="消去、公文書館への移管、返却などの日と確認方法を記録します。",
            url=reverse("files:disposal", args=[file.pk]),
            article="第10条第3項",
            primary=True,
            refused="" if allowed else f"記録できるのは、{file.unit.name}の保護責任者と保護担当者です。",
        )
    ]


def version_page(file: PersonalInformationFile, version: FileVersion, user: Person) -> dict[str, Any]:
    """One version, ready to print."""
    internal = policies.can_see_internal(user, file)
    return {
        "file": file,
        "version": version,
        "kind": presenters.VERSION_KIND[VersionStatus(version.status)],
        "period": presenters.version_period(version),
        "facts": presenters.facts(version),
        "internal_facts": presenters.internal_facts(version) if internal else [],
    }


def compare_page(
    file: PersonalInformationFile, versions: list[FileVersion], old: FileVersion, new: FileVersion, user: Person
) -> dict[str, Any]:
    """Two versions, every cell in one row."""
    rows = presenters.compared(old, new, internal=policies.can_see_internal(user, file))
    return {
        "file": file,
        "versions": versions,
        "old": old,
        "new": new,
        "changed": [row for row in rows if row["changed"]],
        "unchanged": [row for row in rows if not row["changed"]],
    }


def history_page(file: PersonalInformationFile, user: Person, query: Mapping[str, str]) -> dict[str, Any]:
    """The history of the file, and of the version asked for (the newest when none is)."""
    versions = list(listing.versions_for(user, file))
    asked = query.get("version", "")
    version = next((v for v in versions if str(v.number) == asked), None)
    subject = version or file
    return {
        "file": file,
        "versions": versions,
        "version": version,
        "history": history(subject, page=_page_number(query.get("history", "1"))),
    }


def _page_number(text: str) -> int:
    return max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() else 1
