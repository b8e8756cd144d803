"""Two people decide on a right at once: the second waits, then is told, and nothing is done twice (第11条)."""

import pytest

from files_registry.access import moves, reviewing, workflow
from files_registry.access.models import FileUserRight, Grant
from files_registry.access.reconciling import differences
from nerima_privacy.refusals import MoveRefused
from tests import every_verb, races
from tests.files_registry.access import steps
from tests.files_registry.access.test_every_verb import EXAMPLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("11-1")]
race = races.at_the_record_of(moves, workflow, reviewing)


def doing(cast, name, subject):
    return EXAMPLES[name].doing(cast, subject)


@pytest.mark.parametrize("name", ["request", "grant", "refuse", "withdraw", "narrow", "revoke", "restore"])
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch)
    assert not list(differences())


def test_one_allows_while_the_other_refuses(cast, monkeypatch):
    grant = steps.requested(cast)
    first, second = race(monkeypatch, doing(cast, "grant", grant), doing(cast, "refuse", grant))
    assert first.status == "granted"
    assert isinstance(second, MoveRefused)
    assert FileUserRight.objects.filter(grant=grant).count() == 1


def test_a_right_is_taken_away_while_it_is_being_kept(cast, monkeypatch):
    grant = steps.granted(cast)
    first, second = race(monkeypatch, doing(cast, "revoke", grant), doing(cast, "review", grant))
    assert first.status == "revoked"
    assert isinstance(second, MoveRefused)
    assert not FileUserRight.objects.exists()


def test_the_file_ceases_while_a_right_over_it_is_allowed(cast, monkeypatch):
    """The one who receives the ceasing holds the file; the decision waits, and is told."""
    from files_registry.filings import moves as filing_moves
    from files_registry.filings import workflow as filings
    from tests.files_registry import steps as filing_steps

    held = filing_steps.held(cast)
    grant = steps.requested(cast, held.file)
    ceasing = filing_steps.cease(cast, "filed", base=held)
    first, second = races.race(
        monkeypatch,
        [(filing_moves, "record")],
        lambda: filings.receive(ceasing.pk, actor=cast.disclosure_manager),
        doing(cast, "grant", grant),
    )
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert Grant.objects.get().status == "requested"
