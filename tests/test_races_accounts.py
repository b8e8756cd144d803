"""Two people record or answer at once: the second waits, then is told, and nothing is done twice (第11条第1項)."""

import pytest

from files_registry.accounts import workflow
from files_registry.accounts.models import AccountAnswer, AccountComparison, AccountFinding
from nerima_privacy.refusals import Invalid, MoveRefused
from tests import every_verb, races
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import line
from tests.files_registry.accounts.test_every_verb import EXAMPLES, recorded, seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("11-1")]
race = races.at_the_record_of(workflow)


@pytest.mark.parametrize("name", ["record", "discard"])
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch, "officer", "manager")


def test_one_records_while_the_other_gives_it_up(cast, monkeypatch):
    subject = EXAMPLES["record"].before(cast)
    first, second = race(
        monkeypatch,
        lambda: EXAMPLES["record"].verb(cast, subject, cast.officer),
        lambda: EXAMPLES["discard"].verb(cast, subject, cast.manager),
    )
    assert first.status == "recorded"
    assert isinstance(second, MoveRefused)
    assert AccountFinding.objects.filter(account="A1").count() == 1


def test_two_lists_of_one_system_are_recorded_one_after_the_other(cast, monkeypatch):
    """The second was shown against what stood before the first: it is told to look again, and closes nothing twice."""
    made = making.system(cast)
    rows = [making.checked(cast, made, line("A1", cast.clerk)) for _ in range(2)]
    first, second = race(
        monkeypatch,
        lambda: workflow.record_comparison(rows[0].pk, digest=rows[0].digest, actor=cast.officer),
        lambda: workflow.record_comparison(rows[1].pk, digest=rows[1].digest, actor=cast.manager),
    )
    assert first.status == "recorded"
    assert isinstance(second, MoveRefused)
    assert AccountComparison.objects.filter(status="recorded").count() == 1


def test_two_answer_the_same_finding_at_once(cast, monkeypatch):
    row = recorded(cast)
    shown = seen(row, "A1")
    first, second = race(
        monkeypatch,
        lambda: workflow.answer(row.pk, seen=shown, code="stopped", actor=cast.officer),
        lambda: workflow.answer(row.pk, seen=shown, code="deleted", actor=cast.manager),
    )
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert AccountAnswer.objects.get().code == "stopped"


def test_a_finding_is_answered_while_the_next_list_takes_its_place(cast, monkeypatch):
    row = recorded(cast)
    shown = seen(row, "A1")
    following = making.checked(cast, row.system, line("A1", cast.clerk))
    first, second = race(
        monkeypatch,
        lambda: workflow.record_comparison(following.pk, digest=following.digest, actor=cast.officer),
        lambda: workflow.answer(row.pk, seen=shown, code="stopped", actor=cast.manager),
    )
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused | Invalid), second
    assert not AccountAnswer.objects.exists()
