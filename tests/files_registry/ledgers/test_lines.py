"""What a line must say, and how it is corrected (第15条)."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from files_registry.catalogue.models import FileVersion
from files_registry.ledgers import queries, workflow
from files_registry.ledgers.models import EntryKind, LedgerEntry, Origin, Verification
from files_registry.ledgers.rules import ALWAYS, COLUMNS, columns_of, rules
from files_registry.ledgers.writing import note
from nerima_privacy.activity.append_only import AppendOnlyError
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry import ledger_steps as steps
from tests.files_registry.ledger_verbs import row

pytestmark = pytest.mark.article("15-1")


def refused(cast, file, **facts):
    actor = cast.officer
    whole = {"kind": "copied", "on": today(), "done_by": actor.name, "data": steps.COPY} | facts
    with pytest.raises(Invalid) as invalid:
        workflow.write_entry(file.pk, **whole, actor=actor)
    return invalid.value.errors


@pytest.mark.parametrize("code", ["3a", "3b", "3c", "2", "1", "gone"])
def test_what_must_be_filled_follows_kind_and_class(cast, code):
    file, known = steps.held(cast, confidentiality=code), rules()
    for kind in EntryKind.values:
        required = known[code].required(kind) if code in known else ALWAYS[kind]
        assert not required or set(refused(cast, file, kind=kind, data={})) == required
        written = steps.wrote(cast, file, kind=kind, counterpart="東京都")
        assert written.confidentiality == code
        for name in COLUMNS:
            expected = name in columns_of(kind) and name in {"counterpart", *steps.COPY}
            assert bool(getattr(written, name)) is expected, (kind, name)


def test_a_higher_class_asks_no_less(cast):
    known = rules()
    for kind in EntryKind.values:
        asked = [known[code].required(kind) for code in ("3a", "3b", "3c", "2", "1")]
        assert all(lower <= higher for higher, lower in pairwise(asked))


def test_what_a_class_asks_is_a_value_with_dates(cast):
    file = steps.held(cast)
    value = [{"code": "3b", "kinds": [], "fields": ["remarks"], "silent_days": 0}]
    LegalParameter.objects.filter(key="ledger.classes").update(value=value)
    assert set(refused(cast, file)) == {"remarks"}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("on", {"on": None}),
        ("on", {"on": today() + timedelta(days=1)}),
        ("on", {"on": today() - timedelta(days=1)}),
        ("kind", {"kind": "sold"}),
        ("done_by", {"done_by": ""}),
        ("medium", {"data": steps.COPY | {"medium": "clay"}}),
        ("persons", {"data": steps.COPY | {"persons": -1}}),
        ("purpose", {"data": steps.COPY | {"purpose": "あ" * 201}}),
    ],
)
def test_each_wrong_fact_is_named_at_its_field(cast, name, facts):
    assert set(refused(cast, steps.held(cast), **facts)) == {name}


def test_one_form_sent_twice_writes_once(cast):
    file = steps.held(cast)

    def send():
        return workflow.write_entry(
            file.pk, kind="copied", on=today(), done_by="私", data=steps.COPY, token="a page", actor=cast.officer
        )

    send()
    with pytest.raises(MoveRefused, match="すでに記録されています"):
        send()
    assert LedgerEntry.objects.count() == 1


def test_several_rows_are_written_all_or_none(cast):
    file = steps.held(cast)
    before = steps.everything()
    rows = [row(cast.officer), row(cast.officer, purpose="")]
    with pytest.raises(Invalid) as invalid:
        workflow.write_entries(file.pk, rows=rows, actor=cast.officer)
    assert set(invalid.value.errors) == {"1-purpose"}
    assert steps.everything() == before
    with pytest.raises(Invalid):
        workflow.write_entries(file.pk, rows=[], actor=cast.officer)
    written = workflow.write_entries(file.pk, rows=[rows[0]] * 3, actor=cast.officer)
    assert {entry.origin for entry in written} == {Origin.BULK}
    assert Entry.objects.latest("pk").facts == {"count": 3}


def test_a_later_line_corrects_an_earlier_one_and_both_stay(cast):
    old = steps.wrote(cast, who="second_officer")
    facts = {"kind": "copied", "on": today(), "done_by": "私", "data": steps.COPY | {"persons": 21}}
    with pytest.raises(Invalid) as invalid:
        workflow.correct_entry(old.pk, **facts, reason=" ", actor=cast.officer)
    assert set(invalid.value.errors) == {"reason"}
    new = workflow.correct_entry(old.pk, **facts, reason="写しまちがい", actor=cast.officer)
    old.refresh_from_db()
    assert (old.persons, new.persons, old.corrected_by) == (120, 21, new)
    told = set(Notice.objects.filter(kind="ledger.corrected").values_list("to", flat=True))
    assert told == {cast.manager.pk, cast.second_officer.pk}


def test_a_line_that_should_not_be_there_is_only_taken_back(cast):
    old = steps.wrote(cast)
    new = workflow.correct_entry(
        old.pk, kind="", on=None, done_by="", data={}, reason="別の台帳", voids=True, actor=cast.officer
    )
    assert new.voids
    assert [getattr(new, name) for name in COLUMNS] == [getattr(old, name) for name in COLUMNS]


def test_an_upper_area_writes_a_line_that_leads_back_and_leaves_no_entry(cast):
    file = steps.held(cast)
    entries = Entry.objects.count()
    with transaction.atomic():
        line = note(
            file,
            kind=EntryKind.PROVIDED,
            actor=cast.clerk,
            source=file,
            counterpart="東京都",
            purpose="あ" * 300,
            persons=3,
        )
    assert (line.origin, line.source_label, line.source_url) == (Origin.PART, str(file), file.get_absolute_url())
    assert len(line.purpose) == 200
    assert line.counterpart == "東京都"
    assert Entry.objects.count() == entries
    with pytest.raises(TypeError, match="colour"):
        note(file, kind=EntryKind.USED, actor=cast.clerk, source=None, colour="赤")


@pytest.mark.django_db(transaction=True)
def test_note_is_refused_outside_a_transaction(cast):
    with pytest.raises(RuntimeError, match="transaction"):
        note(steps.held(cast), kind=EntryKind.USED, actor=cast.clerk, source=None)


@pytest.mark.parametrize("make", [steps.wrote, steps.verified])
def test_neither_the_application_nor_the_database_changes_or_deletes_a_line(cast, make):
    line = make(cast)
    model, table = type(line), type(line)._meta.db_table
    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        line.delete()
    with pytest.raises(AppendOnlyError):
        model.objects.filter(pk=line.pk).update(remarks="x")
    for statement in (f"UPDATE {table} SET remarks = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert model.objects.get().remarks == ""


def test_the_database_keeps_what_the_forms_ask(cast):
    old = steps.wrote(cast)
    wrong = [
        LedgerEntry(file=old.file, kind="used", on=today(), done_by="x", entered_by=cast.officer, corrects=old),
        LedgerEntry(file=old.file, kind="used", on=today(), done_by="x", entered_by=cast.officer, voids=True),
    ]
    shared = {"file": old.file, "on": today(), "way": "source", "process": "x", "done_by": "x"}
    for counts in ((1, 2, 0), (2, 2, 3), (2, 2, 1), (3, 2, 0)):
        total, examined, errors = counts
        wrong.append(Verification(**shared, entered_by=cast.officer, total=total, examined=examined, errors=errors))
    for line in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            line.save()


def test_a_line_takes_a_handful_of_statements(cast, django_assert_max_num_queries):
    file = steps.held(cast)
    steps.wrote(cast, file)
    with django_assert_max_num_queries(12):
        steps.wrote(cast, file)


def test_a_correction_asks_no_more_than_was_asked_when_the_line_was_written(cast):
    file = steps.held(cast, confidentiality="1")
    old = workflow.write_entry(
        file.pk, kind="used", on=today(), done_by="私", data={"purpose": "納税相談"}, actor=cast.officer
    )
    FileVersion.objects.filter(file=file).update(confidentiality="3a")
    assert refused(cast, file, kind="used", data={"purpose": "納税相談"}), "a new line is asked more now"
    new = workflow.correct_entry(
        old.pk,
        kind="used",
        on=today(),
        done_by="私",
        data={"purpose": "納付相談"},
        reason="写しまちがい",
        actor=cast.officer,
    )
    assert (new.purpose, new.confidentiality) == ("納付相談", "1")


@pytest.mark.parametrize("voids", [True, False])
def test_a_line_that_was_corrected_is_not_offered_to_be_written_again(cast, voids):
    file = steps.held(cast)
    kept = steps.wrote(cast, file, purpose="正しい")
    wrong = steps.wrote(cast, file, purpose="誤り")
    facts = {"kind": "copied", "on": today(), "done_by": "私", "data": steps.COPY}
    workflow.correct_entry(wrong.pk, **facts, reason="誤り", voids=voids, actor=cast.manager)
    assert queries.own_last(file, cast.officer) == kept
    (listed,) = queries.for_list(cast.officer, queries.ledgers(cast.officer))
    assert listed.own_last == kept.pk
