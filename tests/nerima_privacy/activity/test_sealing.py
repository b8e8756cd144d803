"""Entries are sealed after commit, in order, once, and anchored; nobody who records waits for anybody."""

import contextlib
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction  # noqa: F401  # the marks read it
from django.utils import timezone

from nerima_privacy.activity import anchor, sealing, tasks
from nerima_privacy.activity.chain import FIELDS
from nerima_privacy.activity.models import Block, Entry, Pending, Seal
from nerima_privacy.activity.recording import record

VERB = "admin.changed"
postgresql_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")


@pytest.fixture(autouse=True)
def without_broker(settings):
    settings.REDIS_URL = ""


def _record(cast, reason=""):
    with transaction.atomic():
        return record(VERB, actor=cast.chief, subject=cast.tax, reason=reason)


def _lines():
    return [json.loads(text) for text in anchor.path().read_text().splitlines()]


@pytest.mark.django_db(transaction=True)
def test_sealing_happens_after_the_commit_and_not_inside(cast):
    with transaction.atomic():
        record(VERB, actor=cast.chief, subject=cast.tax)
        record(VERB, actor=cast.chief, subject=cast.collection)
        assert Pending.objects.count() == 2
        assert not Block.objects.exists()
    assert not Pending.objects.exists()
    assert Block.objects.get().entries == 2
    assert [line["block"] for line in _lines()] == [1]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sealed_when_the_transaction_is_rolled_back(cast):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        record(VERB, actor=cast.chief, subject=cast.tax)
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    assert not Block.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_a_savepoint_rolled_back_does_not_keep_the_next_from_being_sealed(cast):
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            record(VERB, actor=cast.chief, subject=cast.tax)
            raise ZeroDivisionError
        record(VERB, actor=cast.chief, subject=cast.tax)
    assert Seal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_a_broker_the_beat_seals_and_not_the_request(cast, settings):
    settings.REDIS_URL = "redis://unused"
    _record(cast)
    assert not Block.objects.exists()
    assert tasks.seal() == 1
    assert Block.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_sealing_never_reaches_the_person(cast, settings, tmp_path):
    settings.ACTIVITY_ANCHOR = str(tmp_path)  # a folder cannot be opened as a file
    _record(cast)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_recording_is_two_inserts(cast, django_assert_num_queries):
    record(VERB, actor=cast.chief, subject=cast.tax)
    with django_assert_num_queries(2):
        record(VERB, actor=cast.chief, subject=cast.tax)


@pytest.mark.django_db
def test_every_column_of_an_entry_is_hashed():
    assert set(FIELDS) == {field.attname for field in Entry._meta.concrete_fields}


@pytest.mark.django_db
def test_blocks_are_chained_and_hold_a_limited_number(cast, monkeypatch):
    monkeypatch.setattr(sealing, "BLOCK_SIZE", 2)
    for _ in range(5):
        _record(cast)
    assert sealing.seal() == 5
    first, second, third = Block.objects.order_by("number")
    assert [b.entries for b in (first, second, third)] == [2, 2, 1]
    assert (second.previous_digest, third.previous_digest) == (first.digest, second.digest)
    assert [(line["block"], line["digest"], line["entries"]) for line in _lines()] == [
        (b.number, b.digest, b.entries) for b in (first, second, third)
    ]


@pytest.mark.django_db
def test_sealing_again_changes_nothing(cast):
    _record(cast)
    sealing.seal()
    before = anchor.path().read_bytes()
    assert sealing.seal() == 0
    assert anchor.path().read_bytes() == before


@pytest.mark.django_db
def test_the_anchor_is_readable_by_its_owner_alone(cast):
    _record(cast)
    sealing.seal()
    assert anchor.path().stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_crash_between_commit_and_anchor_is_healed_by_the_next_sealing(cast, monkeypatch):
    _record(cast)
    sealing.seal()
    with monkeypatch.context() as broken:
        broken.setattr(anchor, "extend", lambda: None)
        _record(cast)
        sealing.seal()
        _record(cast)
        sealing.seal()
    assert len(_lines()) == 1
    sealing.seal()
    assert [line["block"] for line in _lines()] == [1, 2, 3]


@pytest.mark.django_db
def test_a_torn_last_line_is_written_again(cast):
    for _ in range(2):
        _record(cast)
        sealing.seal()
    whole = anchor.path().read_bytes()
    anchor.path().write_bytes(whole[:-10])
    sealing.seal()
    assert anchor.path().read_bytes() == whole


@pytest.mark.django_db
def test_an_anchor_that_disagrees_is_not_appended_to(cast):
    _record(cast)
    sealing.seal()
    forged = _lines()[0] | {"digest": "f" * 64}
    anchor.path().write_text(json.dumps(forged) + "\n")
    _record(cast)
    with pytest.raises(anchor.AnchorError):
        sealing.seal()
    assert len(_lines()) == 1


@pytest.mark.django_db
def test_a_lost_anchor_is_not_quietly_begun_again(cast, monkeypatch):
    _record(cast)
    sealing.seal()
    anchor.path().unlink()
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(anchor.AnchorError):
        sealing.seal()


@pytest.mark.django_db(transaction=True)
@postgresql_only
def test_two_open_transactions_both_record_and_neither_waits(cast):
    entered, done = threading.Event(), threading.Event()

    def other():
        try:
            with transaction.atomic():
                record(VERB, actor=cast.chief, subject=cast.tax, reason="後")
                entered.set()
        finally:
            connections.close_all()
            done.set()

    with transaction.atomic():
        record(VERB, actor=cast.chief, subject=cast.tax, reason="先")
        thread = threading.Thread(target=other)
        thread.start()
        assert entered.wait(10)
        assert done.wait(10), "the second waited for the first"
        sealed_first = list(Seal.objects.values_list("entry__reason", flat=True))
    thread.join()
    assert sealed_first == ["後"]  # the higher id committed first, and was sealed first
    assert list(Seal.objects.order_by("block").values_list("entry__reason", flat=True)) == ["後", "先"]


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_seal_each_entry_once(cast, settings):
    settings.REDIS_URL = "redis://unused"
    for _ in range(30):
        _record(cast)

    def sealer():
        try:
            sealing.seal()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sealer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Seal.objects.count() == 30
    assert not Pending.objects.exists()
    assert [line["block"] for line in _lines()] == list(Block.objects.order_by("number").values_list("pk", flat=True))
