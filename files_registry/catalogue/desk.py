"""What waits for a person among files: ceased ones whose data are not accounted for (第10条第3項)."""

from datetime import date

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from nerima_privacy.duties.desk import WorkItem, register_work
from roles.holdings import Holdings
from roles.models import Person


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """For 保護責任者 and 保護担当者 of the unit."""
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return []
    files = PersonalInformationFile.objects.filter(unit__in=own, status=FileStatus.CEASED, disposal="")
    return [
        WorkItem(
            title=file.name,
            url=file.get_absolute_url(),
            detail="廃止したファイルのデータを消去・移管等した記録",
            article="10-3",
            due_on=None,
            since=file.ceased_on or on,
            kind="turn",
            post_id=getattr(holdings.post(*UNIT_SEATS, unit_id=file.unit_id), "pk", None),
        )
        for file in files.defer("search_text").order_by("ceased_on")[:50]
    ]
