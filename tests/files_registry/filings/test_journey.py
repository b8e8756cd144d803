"""A notification from its draft to the file held, changed, ceased and erased (第10条)."""

from datetime import timedelta

import pytest

from files_registry.catalogue import workflow as files
from files_registry.catalogue.cells import diff, printed_cells
from files_registry.catalogue.models import FileStatus, VersionStatus
from files_registry.filings import workflow
from files_registry.filings.models import FilingStatus
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from tests.files_registry import steps

pytestmark = pytest.mark.article("10-1")


def test_a_file_is_held_only_after_its_result(cast):
    filing = steps.notified(cast)
    assert filing.file.status == FileStatus.PREPARING
    filing = workflow.hold(filing.pk, on=today(), actor=cast.officer)
    filing.file.refresh_from_db()
    assert filing.status == FilingStatus.EFFECTED
    assert filing.file.status == FileStatus.HELD
    assert filing.file.current == filing.version
    assert filing.file.held_from == today()


def test_a_change_takes_effect_as_a_new_version_beside_the_old(cast):
    filing = steps.held(cast)
    filing.file.current.__class__.objects.update(in_force_from=today() - timedelta(days=3))
    change = steps.change(cast, FilingStatus.NOTIFIED, base=filing)
    assert filing.file.versions.get(status=VersionStatus.IN_FORCE).number == 1
    workflow.apply_change(change.pk, on=today(), actor=cast.officer)
    old, new = filing.file.versions.order_by("number")
    assert (old.status, new.status) == (VersionStatus.SUPERSEDED, VersionStatus.IN_FORCE)
    assert old.in_force_to == today() - timedelta(days=1)
    changed = [cell for cell in diff(old, new) if cell.changed]
    assert [cell.no for cell in changed] == [5]
    assert [(part.kind, part.text) for part in changed[0].parts][-1] == ("ins", "森林環境税額")


@pytest.mark.article("10-3")
def test_a_ceased_file_stays_readable_and_its_data_are_accounted_for(cast):
    filing = steps.cease(cast, FilingStatus.RECEIVED)
    file = filing.file
    file.refresh_from_db()
    assert (file.status, file.ceased_on) == (FileStatus.CEASED, today())
    assert printed_cells(file.current)[0]["value"] == steps.CELLS["name"]
    file = files.record_disposal(file.pk, kind="erased", on=today(), note="2人で確認した。", actor=cast.officer)
    assert file.disposal == "erased"


def test_every_verb_leaves_one_entry_in_the_name_of_the_post(cast):
    before = Entry.objects.count()
    steps.held(cast)
    entries = list(Entry.objects.order_by("pk")[before:])
    assert [entry.verb for entry in entries] == [
        "filing.drafted",
        "filing.submitted",
        "filing.filed",
        "filing.not_proposed",
        "filing.notified",
        "filing.held",
    ]
    assert [entry.post_label for entry in entries][1:4] == ["税務課　保護担当者", "税務課　保護責任者", "情報公開課長"]
