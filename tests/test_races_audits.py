"""Two people act on an audit at once: the second waits, then is told, and nothing is done twice (第24条)."""

import pytest

from audits.examinations import moves, workflow
from audits.examinations.models import Audit
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import MoveRefused
from tests import every_verb, races
from tests.audits import steps
from tests.audits.test_every_verb import EXAMPLES, ON_AUDITS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("24-1")]
race = races.at_the_record_of(moves, workflow)


def doing(cast, name, subject):
    return EXAMPLES[name].doing(cast, subject)


@pytest.mark.parametrize("name", ON_AUDITS)
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch)


@pytest.mark.parametrize(
    ("one", "other"), [("approve", "withdraw"), ("withdraw", "approve"), ("approve", "refuse"), ("refuse", "approve")]
)
def test_two_different_verbs_at_once_leave_the_first_alone(cast, monkeypatch, one, other):
    audit = steps.submitted(cast)
    every_verb.at_once_the_first_alone_stands(race, monkeypatch, doing(cast, one, audit), doing(cast, other, audit))
    if one != "approve":
        assert not Notice.objects.filter(kind="audit.approved").exists()


def test_a_plan_is_rewritten_while_it_is_submitted(cast, monkeypatch):
    audit = steps.planned(cast)
    first, second = race(monkeypatch, doing(cast, "submit", audit), doing(cast, "revise", audit))
    assert first.status == "submitted"
    assert isinstance(second, MoveRefused)
    assert list(Audit.objects.get().units.all()) == [cast.tax]


def test_one_form_sent_twice_at_once_makes_one_plan(cast, monkeypatch):
    def send():
        return workflow.plan(steps.plan(cast), form_token="one", actor=cast.audit_officer)

    first, second = race(monkeypatch, send, send)
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert Audit.objects.count() == 1
