"""What pages read of notifications, in a fixed number of queries."""

from django.db.models import QuerySet

from files_registry.filings.models import Filing


def for_list(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """What a line of the list shows, no more."""
    return filings.select_related("file", "unit__parent", "drafted_by").only(
        "kind",
        "status",
        "status_since",
        "number",
        "late",
        "planned_on",
        "filed_at",
        "result",
        "file__name",
        "file__number",
        "unit__name",
        "unit__is_department",
        "unit__valid_to",
        "unit__parent__name",
        "unit__parent__is_department",
        "unit__parent__valid_to",
        "drafted_by__name",
        "submitted_by_id",
        "filed_by_id",
    )


def for_page(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """What the page of one notification shows, in one query."""
    return filings.select_related(
        "file__unit__parent",
        "unit__parent",
        "version__organ",
        "version__unit__parent",
        "version__parent_file",
        "base_version__organ",
        "base_version__unit__parent",
        "base_version__parent_file",
        "drafted_by",
        "submitted_by",
        "filed_by",
        "considered_by",
        "notified_by",
    )
