"""`manage.py verify_activity` finds what a database administrator did to the record."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from nerima_privacy.activity import anchor, chain, sealing, triggers
from nerima_privacy.activity.models import Block, Entry, Seal
from nerima_privacy.activity.recording import record

pytestmark = pytest.mark.django_db
VERB = "admin.changed"


@pytest.fixture(autouse=True)
def without_broker(settings):
    settings.REDIS_URL = ""


@pytest.fixture
def entries(cast):
    """Nine entries in three blocks, anchored."""
    made = []
    for _ in range(3):
        for number in range(3):
            with transaction.atomic():
                made.append(
                    record(VERB, actor=cast.chief, subject=cast.tax, reason=f"理由{number}", facts={"件数": number})
                )
        sealing.seal()
    return made


def _verify(*options):
    out = StringIO()
    code = 0
    try:
        call_command("verify_activity", "--json", *options, stdout=out)
    except SystemExit as end:
        code = end.code
    found = json.loads(out.getvalue())
    assert code == (0 if found["ok"] else 1)
    return found


def _tamper(*statements):
    """What an administrator does: raw SQL, the triggers taken off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.drop()
        for sql, *params in statements:
            cursor.execute(sql, params)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.install()


def _first(kind, entry=None, block=None):
    found = _verify()
    assert not found["ok"]
    first = found["first"]
    assert first["kind"] == kind, found
    if entry is not None:
        assert first["entry"] == entry, found
    if block is not None:
        assert first["block"] == block, found
    return found


def test_an_untouched_record_is_counted_and_passes(entries):
    found = _verify()
    assert (found["ok"], found["entries"], found["blocks"], found["anchored_blocks"]) == (True, 9, 3, 3)
    assert (found["not_anchored"], found["oldest_not_anchored_seconds"]) == (0, None)


def test_an_empty_record_passes():
    assert _verify()["ok"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("reason", "別の理由"), ("actor_name", "別人"), ("verb", "admin.added"), ("facts", "{}"), ("subject_id", 1)],
)
def test_a_changed_entry_is_named(entries, column, value):
    _tamper((f"UPDATE activity_entry SET {column} = %s WHERE id = %s", value, entries[4].pk))
    found = _first("changed", entries[4].pk, 2)
    assert found["problem_count"] == 1


def test_a_changed_time_is_named(entries):
    _tamper(("UPDATE activity_entry SET at = %s WHERE id = %s", timezone.now() - timedelta(days=1), entries[0].pk))
    _first("changed", entries[0].pk, 1)


def test_an_entry_changed_together_with_its_seal_is_found(entries):
    _tamper(("UPDATE activity_entry SET reason = 'x' WHERE id = %s", entries[4].pk))
    row = Entry.objects.filter(pk=entries[4].pk).values_list(*chain.FIELDS).get()
    _tamper(("UPDATE activity_seal SET digest = %s WHERE entry_id = %s", chain.entry_digest(row), entries[4].pk))
    _first("out_of_chain", entries[3].pk, 2)


def test_a_removed_entry_is_placed(entries):
    _tamper(
        ("DELETE FROM activity_seal WHERE entry_id = %s", entries[4].pk),
        ("DELETE FROM activity_entry WHERE id = %s", entries[4].pk),
    )
    found = _first("removed", block=2)
    assert f"記録 {entries[5].pk} の前" in found["first"]["text"]


def test_the_last_entry_of_a_block_removed_is_placed(entries):
    _tamper(
        ("DELETE FROM activity_seal WHERE entry_id = %s", entries[5].pk),
        ("DELETE FROM activity_entry WHERE id = %s", entries[5].pk),
    )
    _first("removed", block=2)


def test_a_removed_tail_is_found_with_its_blocks_seals_and_pending(entries, cast):
    record(VERB, actor=cast.chief, subject=cast.tax)
    _tamper(
        ("DELETE FROM activity_pending",),
        ("DELETE FROM activity_seal WHERE block_id = 3",),
        ("DELETE FROM activity_block WHERE number = 3",),
        ("DELETE FROM activity_entry WHERE id >= %s", entries[6].pk),
    )
    _first("tail_removed", entries[6].pk, 3)


def test_a_removed_tail_is_not_covered_by_what_is_recorded_afterwards(entries, cast):
    _tamper(
        ("DELETE FROM activity_seal WHERE block_id = 3",),
        ("DELETE FROM activity_block WHERE number = 3",),
        ("DELETE FROM activity_entry WHERE id >= %s", entries[6].pk),
    )
    record(VERB, actor=cast.chief, subject=cast.tax)
    with pytest.raises(anchor.AnchorError):
        sealing.seal()
    _first("anchor_differs", entries[6].pk, 3)


def test_a_block_removed_from_the_middle_is_found(entries):
    _tamper(
        ("DELETE FROM activity_seal WHERE block_id = 2",),
        ("DELETE FROM activity_block WHERE number = 2",),
    )
    _first("block_removed", block=2)


def test_everything_removed_is_found(entries):
    _tamper(*[(f"DELETE FROM activity_{table}",) for table in ("pending", "seal", "block", "entry")])
    _first("tail_removed", entries[0].pk, 1)


def test_a_forged_old_entry_is_named(entries, cast):
    old = timezone.now() - timedelta(days=30)
    _tamper(
        (
            "INSERT INTO activity_entry (at, actor_id, actor_name, post_label, verb, subject_type_id, subject_id,"
            " subject_label, reason, changed, facts)"
            " SELECT %s, actor_id, actor_name, '', verb, subject_type_id, subject_id, subject_label, '偽', '[]', '{}'"
            " FROM activity_entry WHERE id = %s",
            old,
            entries[0].pk,
        )
    )
    _first("inserted_outside", Entry.objects.get(reason="偽").pk)


def test_a_forged_entry_slipped_into_an_old_block_is_found(entries, cast):
    with transaction.atomic():
        forged = record(VERB, actor=cast.chief, subject=cast.tax, reason="偽")
    _tamper(
        ("DELETE FROM activity_pending",),
        (
            "INSERT INTO activity_seal (entry_id, block_id, position, digest) VALUES (%s, 2, 4, %s)",
            forged.pk,
            chain.entry_digest(Entry.objects.filter(pk=forged.pk).values_list(*chain.FIELDS).get()),
        ),
    )
    _first("out_of_chain", block=2)


def test_a_forged_entry_put_in_the_queue_with_an_old_date_is_pointed_out(entries, cast):
    entry = record(VERB, actor=cast.chief, subject=cast.tax, reason="偽")
    _tamper(("UPDATE activity_entry SET at = %s WHERE id = %s", timezone.now() - timedelta(days=9), entry.pk))
    sealing.seal()
    assert _verify()["backdated"] == 1


def _rewrite_chain():
    """Recompute every seal and block, as one who knows the code would."""
    previous = chain.GENESIS
    for block in Block.objects.order_by("number"):
        whole = chain.BlockDigest(block.number, previous, block.sealed_at)
        for seal in Seal.objects.filter(block=block).order_by("position"):
            digest = chain.entry_digest(Entry.objects.filter(pk=seal.entry_id).values_list(*chain.FIELDS).get())
            whole.add(seal.position, seal.entry_id, digest)
            _tamper(("UPDATE activity_seal SET digest = %s WHERE entry_id = %s", digest, seal.entry_id))
        _tamper(
            (
                "UPDATE activity_block SET previous_digest = %s, digest = %s WHERE number = %s",
                previous,
                whole.hexdigest(),
                block.number,
            )
        )
        previous = whole.hexdigest()


def test_a_whole_chain_rewritten_consistently_is_found_by_the_anchor(entries):
    _tamper(("UPDATE activity_entry SET reason = 'x' WHERE id = %s", entries[4].pk))
    _rewrite_chain()
    found = _first("anchor_differs", entries[3].pk, 2)
    assert {problem["kind"] for problem in found["problems"]} == {"anchor_differs"}


def test_the_anchor_refuses_to_follow_a_rewritten_chain(entries, cast):
    _tamper(("UPDATE activity_entry SET reason = 'x' WHERE id = %s", entries[8].pk))
    _rewrite_chain()
    record(VERB, actor=cast.chief, subject=cast.tax)
    with pytest.raises(anchor.AnchorError):
        sealing.seal()


def test_a_deleted_last_line_of_the_anchor_leaves_entries_not_anchored(entries, monkeypatch):
    kept = anchor.path().read_text().splitlines()[:-1]
    anchor.path().write_text("".join(f"{line}\n" for line in kept))
    found = _verify()
    assert (found["ok"], found["not_anchored"]) == (True, 3)  # as after a crash: healed within the minute
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    found = _first("not_anchored")
    assert found["not_anchored"] == 3
    assert found["oldest_not_anchored_seconds"] >= 119


def test_a_line_missing_inside_the_anchor_is_found(entries):
    first, _, third = anchor.path().read_text().splitlines()
    anchor.path().write_text(f"{first}\n{third}\n")
    _first("anchor_altered", block=2)


def test_a_line_nobody_can_read_is_found(entries):
    first, _, third = anchor.path().read_text().splitlines()
    anchor.path().write_text(f"{first}\nxx\n{third}\n")
    assert "2行目" in _first("anchor_altered")["first"]["text"]


def test_a_missing_anchor_is_found_and_made_again_only_on_purpose(entries):
    anchor.path().unlink()
    _first("anchor_missing")
    assert _verify("--new-anchor")["ok"]
    with pytest.raises(CommandError, match="作り直すのは"):
        call_command("verify_activity", "--new-anchor")


def test_a_new_anchor_is_not_made_over_a_broken_chain(entries):
    anchor.path().unlink()
    _tamper(("UPDATE activity_entry SET reason = 'x' WHERE id = %s", entries[4].pk))
    with pytest.raises(CommandError, match=f"記録 {entries[4].pk} の内容"):
        call_command("verify_activity", "--new-anchor")


def test_an_entry_waiting_over_a_minute_is_an_error_and_named(entries, cast, monkeypatch):
    waiting = record(VERB, actor=cast.chief, subject=cast.tax)
    found = _verify()
    assert (found["ok"], found["not_anchored"]) == (True, 1)
    later = timezone.now() + timedelta(seconds=70)
    monkeypatch.setattr(timezone, "now", lambda: later)
    _first("not_anchored", waiting.pk)


def test_the_command_says_it_in_japanese(entries):
    out = StringIO()
    call_command("verify_activity", stdout=out)
    assert out.getvalue().splitlines() == [
        "確かめた記録 9 件、ブロック 3（アンカー済み 3）",
        "まだアンカーされていない記録 0 件",
        "異常はありません。",
    ]
    _tamper(("UPDATE activity_entry SET reason = 'x' WHERE id = %s", entries[4].pk))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_activity", stdout=out)
    assert f"最初の異常：記録 {entries[4].pk} の内容が変えられています（ブロック 2 の 2 番目）" in out.getvalue()


def test_verification_reads_in_pages(entries, cast, monkeypatch, django_assert_max_num_queries):
    from nerima_privacy.activity import verification

    monkeypatch.setattr(verification, "PAGE", 2)
    assert _verify()["entries"] == 9
    monkeypatch.setattr(verification, "PAGE", 900)
    with django_assert_max_num_queries(9):
        _verify()
