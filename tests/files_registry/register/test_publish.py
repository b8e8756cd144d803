"""Publishing an edition: what comes, changes and goes, and that it never changes again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from files_registry.catalogue.models import FileStatus
from files_registry.register import previews
from files_registry.register.models import BookNumber, Edition, EditionEntry, EntrySource, ListingDecision
from files_registry.register.workflow import publish_edition
from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused

from .conftest import ANSWERS


def written():
    tables = (Edition, EditionEntry, EntrySource, BookNumber, Entry, Notice)
    return tuple(table.objects.count() for table in tables)


@pytest.mark.article("10-1")
def test_an_edition_holds_what_was_judged_to_be_listed(cast, held, judge, publish):
    judge(held("載るファイル"))
    judge(held("少ないファイル", persons=10), reason="少ない。")
    held("判断前のファイル")
    edition = publish(note="最初の版です。")
    assert (edition.number, edition.entries_count, edition.added) == (1, 1, 1)
    assert list(edition.entries.values_list("name", "key", "position")) == [("載るファイル", "00001", 1)]
    entry = Entry.objects.get(verb="edition.published")
    assert entry.facts == {"entries": 1, "added": 1, "changed": 0, "removed": 0}
    assert Notice.objects.filter(kind="edition.published", to=cast.manager).count() == 1


def test_only_the_disclosure_manager_publishes(cast, held, judge):
    judge(held())
    before = written()
    for name, person in cast.people.items():
        if name == "disclosure_manager":
            continue
        with pytest.raises(PermissionDenied):
            publish_edition(as_of=date(2026, 4, 1), actor=person)
    assert written() == before


def test_the_next_edition_tells_what_was_added_changed_and_removed(held, judge, publish, change):
    kept, changed, gone, off = held("そのまま"), held("変わる"), held("廃止する"), held("外す")
    for file in (kept, changed, gone, off):
        judge(file)
    first = publish()
    judge(change(changed, purpose="新しい目的"))
    gone.status, gone.ceased_on = FileStatus.CEASED, date(2026, 3, 31)
    gone.save()
    judge(off, answers={**ANSWERS, "hamper": "whole"}, reason="支障がある。")
    judge(held("加わる"))
    preview = previews.preview()
    assert (preview.tally.added, preview.tally.changed, preview.tally.removed) == (1, 1, 2)
    second = publish(expected=preview.mark)
    assert (second.added, second.changed, second.removed, second.entries_count) == (1, 1, 2, 3)
    keys = {edition: dict(edition.entries.values_list("name", "key")) for edition in (first, second)}
    assert keys[first]["変わる"] == keys[second]["変わる"]
    assert keys[second]["加わる"] not in keys[first].values()


def test_a_second_click_publishes_nothing(held, judge, publish):
    judge(held())
    publish()
    before = written()
    with pytest.raises(MoveRefused, match="変わったところがない"):
        publish()
    assert written() == before


def test_nothing_is_published_before_anything_is_judged(held, publish):
    held()
    before = written()
    with pytest.raises(MoveRefused):
        publish()
    assert written() == before


def test_what_changed_after_the_preview_is_not_published_unseen(held, judge, publish):
    judge(held())
    mark = previews.preview().mark
    judge(held("あとから"))
    before = written()
    with pytest.raises(MoveRefused, match="確かめていた間"):
        publish(expected=mark)
    assert written() == before


def test_a_listed_file_with_a_new_version_nobody_judged_blocks_publishing(held, judge, publish, change):
    file = held()
    judge(file)
    publish()
    change(file, purpose="新しい目的")
    before = written()
    with pytest.raises(MoveRefused, match="1件"):
        publish()
    assert written() == before


@pytest.mark.parametrize("day", [date(2099, 1, 1), date(2024, 3, 31)], ids=["future", "before the latest change"])
def test_the_day_of_the_book_must_hold(held, judge, publish, day):
    judge(held())
    before = written()
    with pytest.raises(Invalid) as refused:
        publish(as_of=day)
    assert set(refused.value.errors) == {"as_of"}
    assert written() == before


def test_the_day_of_the_book_never_goes_back(held, judge, publish):
    judge(held())
    publish(as_of=date(2026, 4, 1))
    judge(held("もう一つ"))
    with pytest.raises(Invalid):
        publish(as_of=date(2026, 3, 31))


def test_omitted_cells_are_neither_printed_nor_searched(held, judge, publish):
    partial = {**ANSWERS, "hamper": "partial", "omitted_items": [3]}
    judge(held(), answers=partial, omitted_cells=[5, 7, 10], reason="支障がある。")
    entry = publish().entries.get()
    says = {cell["no"]: cell["value"] for cell in entry.cells}
    assert says[5].startswith("1氏名、2住所（")
    assert "第75条第3項" in says[7]
    assert "第75条第3項" in says[10]
    everything = f"{entry.cells}{entry.search_text}"
    for hidden in ("口座番号", "本人からの申請", "東京都"):
        assert hidden not in everything


@pytest.mark.parametrize("model", [Edition, EditionEntry, EntrySource, ListingDecision])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_published_never_changes(held, judge, publish, model, act):
    judge(held())
    publish()
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(model._meta.db_table))
    assert model.objects.count() == 1


def test_the_same_book_has_the_same_digest_and_another_has_not(held, judge, publish):
    judge(held())
    first = publish()
    judge(held("もう一つ"))
    assert publish().digest != first.digest


def test_nothing_is_kept_when_the_record_fails(held, judge, publish, monkeypatch):
    judge(held())
    before = written()
    monkeypatch.setattr("files_registry.register.workflow.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish()
    assert written() == before
