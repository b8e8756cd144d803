"""Rights over a file of 税務課, brought to any step by the verbs themselves."""

from datetime import date, timedelta

from django.utils import timezone

from files_registry.access import workflow
from files_registry.access.models import (
    FileUserRight,
    Grant,
    GrantStatus,
)
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from nerima_privacy.calendars.periods import today
from tests.files_registry.steps import CELLS
from tests.interruption import every_row as everything  # noqa: F401 - what a refusal must leave

S = GrantStatus


def held_file(cast, unit=None, number="T-1", **cells) -> PersonalInformationFile:
    """A file held since 令和5年4月1日, of 税務課 where no unit is named."""
    unit = unit or cast.tax
    file = PersonalInformationFile.objects.create(
        number=number, unit=unit, name=f"課税台帳{number}", created_by=cast.officer, first_filed_on=date(2023, 4, 1)
    )
    shared = {**CELLS, "name": file.name, "organ": unit.organ, "unit": unit, **cells}
    file.current = FileVersion.objects.create(
        file=file, number=1, status=VersionStatus.IN_FORCE, in_force_from=date(2023, 4, 1), **shared
    )
    file.status, file.held_from = FileStatus.HELD, date(2023, 4, 1)
    file.save()
    return file


def wish(**changed):
    return {"rights": ["open_file"], "purpose": "還付の確認", "ends_on": today() + timedelta(days=30), **changed}


def requested(cast, file=None, who="clerk", **changed) -> Grant:
    return workflow.request((file or held_file(cast)).pk, actor=cast.people[who], **wish(**changed))


def granted(cast, file=None, who="clerk", **changed) -> Grant:
    return workflow.grant(requested(cast, file, who, **changed).pk, actor=cast.manager)


def suspended(cast) -> Grant:
    """A right stopped because nobody answered for it."""
    grant = granted(cast)
    now = timezone.now()
    FileUserRight.objects.filter(grant=grant).delete()
    facts = {"status": S.SUSPENDED, "ended_at": now, "end_reason": "棚卸しの答えがなかった"}
    Grant.objects.filter(pk=grant.pk).update(**facts)
    grant.refresh_from_db()
    return grant
