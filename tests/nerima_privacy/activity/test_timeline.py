"""The 経過 of a subject."""

import pytest

from nerima_privacy.activity import registry
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.activity.recording import record
from roles.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def verb(monkeypatch):
    monkeypatch.setattr(registry, "_verbs", {})
    return registry.register("test.done", "ためしました", article="2-1").name


def test_the_timeline_shows_who_in_which_post_did_what_and_why(cast, verb, django_assert_num_queries):
    post = Appointment.objects.get(person=cast.manager)
    record(verb, actor=cast.manager, subject=cast.tax, post=post, reason="必要のため", changed=["address", "parent"])
    record(verb, actor=cast.chief, subject=cast.tax)
    record(verb, actor=cast.chief, subject=cast.collection)
    with django_assert_num_queries(1):
        items = timeline(cast.tax)
    assert [item.who for item in items] == [cast.chief.name, cast.manager.name]
    assert items[1].post == "税務課　保護責任者"
    assert items[1].sentence == "ためしました"
    assert items[1].reason == "必要のため"
    assert items[1].changed_labels == ["所在地", "上位の部"]


def test_the_timeline_is_limited_to_the_newest(cast, verb):
    for number in range(3):
        record(verb, actor=cast.chief, subject=cast.tax, reason=str(number))
    assert [item.reason for item in timeline(cast.tax, limit=2)] == ["2", "1"]


def test_a_verb_no_area_declares_cannot_be_recorded(cast, verb):
    with pytest.raises(LookupError):
        record("test.unknown", actor=cast.chief, subject=cast.tax)
