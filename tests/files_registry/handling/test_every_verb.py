"""Each verb: by whom, from where, all of it or nothing (第12–14条)."""

import pytest

from nerima_privacy.refusals import MoveRefused
from tests import every_verb
from tests.files_registry.handling.verbs import EXAMPLES, MOVING, everything

pytestmark = [pytest.mark.article("12-1"), pytest.mark.article("13-1"), pytest.mark.article("14-1")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    assert bool(entry.post_label) == (who not in {"clerk", "second_clerk"})


@pytest.mark.parametrize("name", MOVING)
def test_it_is_refused_from_every_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


WHAT = {"what": "x", "recipient": "x", "persons": 1, "level": "note"}


def put(cast, subject, status):
    """Into a state, past the verbs and with what the database asks of it."""
    filled = {"decided_at": subject.status_since, "basis": "noted"} if hasattr(subject, "basis") else {}
    if hasattr(subject, "decided_post") and not filled:
        filled = {"decided_by_id": subject.unit.appointments.get(seat="protection_manager").person_id}
    if hasattr(subject, "instruction"):
        filled = {"instruction": "x", "instructed_by_id": subject.found_by_id}
    if hasattr(subject, "points"):
        filled = {"confirmed_by_id": subject.asked_of_id, "confirmed_at": subject.filled_at}
    if status == "sent":
        filled |= {"request": None, "sent_on": subject.filled_at.date(), "sent_at": subject.filled_at}
        filled |= {"sent_by_id": subject.filled_by_id, "sent_how": "x", "remains": "x", **WHAT}
    if status == "returned":
        filled |= {"return_kind": "erased", "return_evidence": "x", "returned_on": subject.status_since.date()}
    type(subject).objects.filter(pk=subject.pk).update(status=status, **filled)


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.handling.telling", "files_registry.handling.ruling"
    )


@pytest.mark.parametrize("name", MOVING)
def test_a_page_that_somebody_overtook_decides_nothing(cast, name):
    """The stamp of the page is an older one."""
    example = EXAMPLES[name]
    subject = example.before(cast)
    if name == "save_draft":
        pytest.skip("its example hands in the stamp; see test_requests.py")
    before = everything()
    verb = _with_stamp(example, subject)
    with pytest.raises(MoveRefused, match="画面を開いたあとに"):
        verb(cast, subject, cast.people[sorted(example.may)[0]])
    assert everything() == before


def _with_stamp(example, subject):
    from functools import partial
    from unittest import mock

    from files_registry.handling import moves

    real = moves.check

    def stale(record, move, stamp=None):
        return real(record, move, record.stamp + 1 if stamp is None else stamp)

    def run(cast, subject, actor):
        modules = ("workflow", "deciding", "extending", "standing", "checking", "correcting")
        patches = [mock.patch(f"files_registry.handling.{module}.check", stale) for module in modules]
        for patch in patches:
            patch.start()
        try:
            return partial(example.verb)(cast, subject, actor)
        finally:
            for patch in patches:
                patch.stop()

    return run
