"""Two clicks at once on one import: it goes in once, or not at all."""

import pytest

from nerima_privacy.activity.models import Entry
from nerima_privacy.imports import workflow
from nerima_privacy.imports.models import ImportRun, RunStatus
from nerima_privacy.refusals import MoveRefused
from roles.models import Person
from tests.cast import build
from tests.races import race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("2-2")]


@pytest.fixture
def cast(transactional_db):
    return build()


def checked(cast):
    run = workflow.upload(
        kind="ward",
        file_name="a.csv",
        content="職員番号,氏名\nN0001,新任 一郎\n".encode(),
        reason="異動",
        actor=cast.administrator,
    )
    return workflow.check(run.pk, actor=cast.administrator)


def test_two_commits_at_once_take_the_table_in_once(cast, monkeypatch):
    run = workflow.begin_commit(checked(cast).pk, actor=cast.administrator)

    def commit():
        return workflow.commit(run.pk, actor=cast.administrator)

    first, second = race(monkeypatch, [(workflow, "record")], commit, commit)
    assert isinstance(first, ImportRun)
    assert isinstance(second, MoveRefused)
    assert Person.objects.filter(staff_number="N0001").count() == 1
    assert Entry.objects.filter(verb="import.committed").count() == 1
    assert ImportRun.objects.get().status == RunStatus.DONE


def test_giving_up_twice_at_once_is_done_once(cast, monkeypatch):
    run = checked(cast)

    def discard():
        return workflow.discard(run.pk, actor=cast.administrator)

    first, second = race(monkeypatch, [(workflow, "record")], discard, discard)
    assert isinstance(first, ImportRun)
    assert isinstance(second, MoveRefused)
    assert Entry.objects.filter(verb="import.discarded").count() == 1
