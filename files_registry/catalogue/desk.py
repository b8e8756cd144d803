"""What waits for a person among files: ceased ones whose data are not accounted for (第10条第3項)."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.web.objects import objects
from roles.holdings import Holdings
from roles.models import Appointment, Person

DETAIL = "廃止したファイルのデータを消去・移管等した記録"


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """For 保護責任者 and 保護担当者 of the unit; of each unit the first, and one line for the rest."""
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return []
    ceased = PersonalInformationFile.objects.filter(unit__in=own, status=FileStatus.CEASED, disposal="")
    (found,) = yield [objects(ceased, "name", "ceased_on", "unit__code")]
    by_unit: dict[int, list[PersonalInformationFile]] = {}
    for file in sorted(found, key=lambda file: (file.ceased_on or on, file.pk)):
        by_unit.setdefault(file.unit_id, []).append(file)
    return [
        item
        for files in by_unit.values()
        for item in _of_unit(files, holdings.post(*UNIT_SEATS, unit_id=files[0].unit_id), on)
    ]


def _of_unit(files: list[PersonalInformationFile], post: Appointment | None, on: date) -> list[WorkItem]:
    post_id = post.pk if post else None
    lines = [
        WorkItem(
            title=file.name,
            url=file.get_absolute_url(),
            detail=DETAIL,
            article="10-3",
            due_on=None,
            since=file.ceased_on or on,
            kind="turn",
            post_id=post_id,
        )
        for file in files[:MOST]
    ]
    rest = files[MOST:]
    if rest:
        query = urlencode({"duty": "files.disposal_recorded", "unit": rest[0].unit.code})
        lines.append(
            the_rest(
                (file.get_absolute_url() for file in rest),
                title="廃止後のデータの記録がないファイルをすべて見る",
                url=f"{reverse('board-findings')}?{query}",
                detail=DETAIL,
                article="10-3",
                since=rest[0].ceased_on or on,
                kind="turn",
                post_id=post_id,
            )
        )
    return lines
