"""Two people at one ledger: the second waits for the first transaction, then is told, and nothing is done twice."""

import pytest

from files_registry.ledgers import many_media, storing, verifying, workflow
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from tests import every_verb, races
from tests.files_registry import ledger_steps as steps
from tests.files_registry.ledger_verbs import EXAMPLES, row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("15-1"), pytest.mark.article("17-1")]
race = races.at_the_record_of(workflow, verifying, storing, many_media)


def doing(cast, name, subject, who):
    return EXAMPLES[name].doing(cast, subject, who)


@pytest.mark.parametrize(
    "name", ["correct_entry", "correct_verification", "dispose_medium", "hand_over_media", "dispose_media"]
)
def test_the_same_decision_twice_at_once_is_made_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch, "officer", "second_officer")


def one_page(cast, name, subject):
    """A form of one page, sent with its token."""
    officer = cast.officer
    facts = {"kind": "copied", "on": today(), "done_by": officer.name, "data": steps.COPY}
    return {
        "write_entry": lambda: workflow.write_entry(subject.pk, **facts, token="a page", actor=officer),
        "write_entries": lambda: workflow.write_entries(subject.pk, rows=[row(officer)], token="a page", actor=officer),
        "verify": lambda: workflow.verify(
            subject.pk, data={"on": today(), **steps.VERIFIED}, token="a page", actor=officer
        ),
        "register_medium": lambda: workflow.register_medium(
            subject.pk, data=steps.medium_data(cast), token="a page", actor=officer
        ),
    }[name]


@pytest.mark.parametrize("name", ["write_entry", "write_entries", "verify", "register_medium"])
def test_one_page_sent_twice_at_once_is_written_once(cast, monkeypatch, name):
    send = one_page(cast, name, steps.held(cast))
    first, second = race(monkeypatch, send, send)
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    lines = LedgerEntry.objects.count() + Verification.objects.count() + StoredMedium.objects.count()
    assert lines == (2 if name == "register_medium" else 1)


@pytest.mark.parametrize("name", ["move_medium", "complete_medium"])
def test_a_medium_disposed_of_at_that_moment_is_not_moved(cast, monkeypatch, name):
    medium = steps.registered(cast)
    first, second = race(
        monkeypatch,
        doing(cast, "dispose_medium", medium, "officer"),
        doing(cast, name, medium, "second_officer"),
    )
    assert first.status == "disposed"
    assert isinstance(second, MoveRefused), second
    assert StoredMedium.objects.get().place == medium.place


@pytest.mark.parametrize("name", ["move_medium", "complete_medium", "dispose_medium"])
def test_a_medium_given_to_somebody_else_at_that_moment_is_still_found(cast, monkeypatch, name):
    medium = steps.registered(cast)
    data = {"place": "別館", "lock": "room", "responsible": cast.manager, "remarks": ""}
    first, second = race(
        monkeypatch,
        lambda: workflow.move_medium(medium.pk, data=data, on=today(), actor=cast.officer),
        doing(cast, name, medium, "second_officer"),
    )
    assert not isinstance(first, Exception), first
    assert not isinstance(second, Exception), second
    assert StoredMedium.objects.get().stamp == 2


@pytest.mark.parametrize("name", ["hand_over_media", "dispose_media"])
def test_a_shelf_of_which_one_is_disposed_of_at_that_moment_stays_whole(cast, monkeypatch, name):
    shelf = steps.shelf(cast, 3)
    first, second = race(
        monkeypatch,
        doing(cast, "dispose_medium", shelf[1], "officer"),
        doing(cast, name, shelf, "second_officer"),
    )
    assert first.status == "disposed"
    assert isinstance(second, MoveRefused), second
    assert [medium.status for medium in StoredMedium.objects.order_by("pk")] == ["kept", "disposed", "kept"]
    assert {medium.place for medium in StoredMedium.objects.all()} == {shelf[0].place}


def test_two_who_write_at_once_both_write(cast, monkeypatch):
    file = steps.held(cast)
    first, second = race(
        monkeypatch, doing(cast, "write_entry", file, "officer"), doing(cast, "write_entry", file, "second_officer")
    )
    assert {first.entered_by, second.entered_by} == {cast.officer, cast.second_officer}
