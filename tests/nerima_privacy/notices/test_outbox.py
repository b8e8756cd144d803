"""`queue()` tells each person once."""

from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import queue


def tell(*people, key=""):
    return queue("test.told", to=people, subject=people[0], title="お知らせ", url="/", key=key)


def test_a_person_named_twice_is_told_once(cast):
    assert tell(cast.manager, cast.manager) == 1
    assert Notice.objects.count() == 1


def test_nobody_inactive_is_told(cast):
    assert tell(cast.former) == 0
    assert not Notice.objects.exists()


def test_the_same_key_is_told_once_however_often_it_is_queued(cast):
    assert tell(cast.manager, key="reminder:2026-11-24") == 1
    assert tell(cast.manager, cast.officer, key="reminder:2026-11-24") == 1
    assert Notice.objects.count() == 2


def test_the_database_keeps_a_second_copy_out(cast, monkeypatch):
    """Two at once: the second has read that nobody was told yet."""
    tell(cast.manager, key="once")
    manager = type(Notice.objects)
    monkeypatch.setattr(manager, "filter", lambda self, *a, **k: self.none())
    tell(cast.manager, key="once")
    monkeypatch.undo()
    assert Notice.objects.count() == 1


def test_without_a_key_each_call_is_a_notice_of_its_own(cast):
    tell(cast.manager)
    tell(cast.manager)
    assert Notice.objects.count() == 2


def test_a_long_list_of_people_is_one_insert(cast, django_assert_num_queries):
    tell(cast.chief)
    with django_assert_num_queries(2):  # who was told already; the insert
        tell(*[p for p in cast.people.values() if p.is_active])
