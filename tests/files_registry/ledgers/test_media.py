"""Where media lie, how long they are kept, and how they end (第15条)."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from files_registry.ledgers import papers, queries, workflow
from files_registry.ledgers.models import EntryKind, LedgerEntry, Origin, StoredMedium
from files_registry.ledgers.storing import keep_until
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Seat
from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("15-1")


@pytest.mark.parametrize(
    ("completed_on", "retention", "until"),
    [
        (date(2026, 3, 31), "1", date(2027, 3, 31)),
        (date(2026, 4, 1), "1", date(2028, 3, 31)),
        (date(2020, 2, 29), "5", date(2025, 3, 31)),
        (date(2019, 5, 1), "10", date(2030, 3, 31)),
        (date(2026, 3, 31), "long", None),
        (date(2026, 3, 31), "asneeded", None),
        (None, "5", None),
    ],
)
def test_retention_is_counted_from_april_after_the_year_of_completion(db, completed_on, retention, until):
    assert keep_until(completed_on, retention) == until


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"label": ""}, {"label"}),
        ({"place": ""}, {"place"}),
        ({"lock": ""}, {"lock"}),
        ({"lock": "none"}, {"remarks"}),
        ({"responsible": None}, {"responsible"}),
        ({"count": 0}, {"count"}),
        ({"retention": "7"}, {"retention"}),
        ({"stored_on": today() + timedelta(days=1)}, {"stored_on"}),
    ],
)
def test_each_wrong_fact_is_named_at_its_field(cast, changes, names):
    with pytest.raises(Invalid) as invalid:
        steps.registered(cast, **changes)
    assert set(invalid.value.errors) == names
    assert not StoredMedium.objects.exists()


def test_each_step_of_a_medium_is_a_line_of_the_ledger(cast):
    medium = steps.registered(cast)
    workflow.move_medium(
        medium.pk,
        data={"place": "別館", "lock": "room", "responsible": cast.officer, "remarks": ""},
        on=today(),
        actor=cast.officer,
    )
    workflow.complete_medium(medium.pk, completed_on=today(), retention="1", actor=cast.officer)
    workflow.dispose_medium(medium.pk, on=today(), way="shred", data=steps.DISPOSAL, actor=cast.officer)
    lines = LedgerEntry.objects.order_by("pk")
    assert [line.kind for line in lines] == [EntryKind.STORED, EntryKind.MOVED, EntryKind.CHECKED, EntryKind.ERASED]
    assert {line.origin for line in lines} == {Origin.MEDIA}
    assert {line.source_url for line in lines} == {medium.get_absolute_url()}
    assert medium.history.count() == 4


def test_who_answers_for_a_medium_is_told(cast):
    steps.registered(cast)
    told = set(Notice.objects.filter(kind="medium.registered").values_list("to", flat=True))
    assert told == {cast.manager.pk, cast.second_officer.pk}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"witness": ""}, {"witness"}),
        ({"witness": "試験 officer"}, {"witness"}),
        ({"disposed_by": ""}, {"disposed_by"}),
        ({"early_reason": ""}, {"early_reason"}),
    ],
)
def test_disposing_takes_two_people_or_a_certificate(cast, changes, names):
    medium = steps.registered(cast)
    data = steps.DISPOSAL | changes
    with pytest.raises(Invalid) as invalid:
        workflow.dispose_medium(medium.pk, on=today(), way="shred", data=data, actor=cast.officer)
    assert set(invalid.value.errors) == names
    if "witness" in names:
        done = workflow.dispose_medium(
            medium.pk, on=today(), way="shred", data=data | {"certificate": "第1号"}, actor=cast.officer
        )
        assert done.certificate == "第1号"


def test_past_its_retention_no_reason_is_asked(cast):
    medium = steps.registered(cast, completed_on=today() - timedelta(days=900), retention="1")
    data = steps.DISPOSAL | {"early_reason": ""}
    assert workflow.dispose_medium(medium.pk, on=today(), way="shred", data=data, actor=cast.officer).disposed_on


def test_the_database_wants_the_proof_as_well(cast):
    medium = steps.registered(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredMedium.objects.filter(pk=medium.pk).update(
            status="disposed", disposed_on=today(), disposal_way="shred", disposed_by="甲", witness="甲"
        )


def test_nobody_decides_from_a_page_that_is_behind(cast):
    medium = steps.registered(cast)
    workflow.complete_medium(medium.pk, completed_on=today(), retention="5", stamp=0, actor=cast.officer)
    with pytest.raises(MoveRefused, match="変わりました"):
        workflow.dispose_medium(
            medium.pk, on=today(), way="shred", data=steps.DISPOSAL, stamp=0, actor=cast.second_officer
        )


@pytest.fixture
def browser(cast, client):
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    return client


def test_what_was_disposed_of_has_a_certificate(cast, browser):
    medium = steps.disposed(cast, label="申告書綴り（1–12）")
    steps.opened(medium.file, cast.officer)
    address = reverse("ledgers:certificate", args=[medium.file_id, medium.pk])
    assert address in browser.get(medium.get_absolute_url()).content.decode()
    response = browser.get(address)
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    said = "".join("".join(page.extract_text() for page in pages).split())
    for words in ("媒体処分証明書", "申告書綴り（1–12）", "裁断", "試験officer", "試験manager", "様式の変更", "税務課"):
        assert words in said, words
    assert len(pages) == 1


def test_the_certificate_is_issued_by_who_sits_there_when_it_is_printed_and_keeps_who_recorded(cast):
    medium = steps.disposed(cast)
    Person.objects.filter(pk=cast.officer.pk).update(name="改姓 次郎")
    Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax).update(person=cast.second_clerk)
    said = papers.certified(StoredMedium.objects.get(pk=medium.pk))
    assert said["sender"] == {"unit": "区民部 税務課", "post": "保護責任者", "name": "試験 second_clerk"}
    assert said["recorded"].startswith("試験 officer（税務課　保護担当者）")
    Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax).delete()
    said = papers.certified(StoredMedium.objects.get(pk=medium.pk))
    assert said["sender"]["name"] == "試験 department_manager", "a vacant seat steps up"


def test_what_is_kept_has_no_certificate(cast, browser):
    medium = steps.registered(cast)
    steps.opened(medium.file, cast.officer)
    address = reverse("ledgers:certificate", args=[medium.file_id, medium.pk])
    assert browser.get(address).status_code == 404
    assert address not in browser.get(medium.get_absolute_url()).content.decode()


def test_of_a_unit_that_ended_the_people_of_its_successor_answer_for_media(cast):
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=today() - timedelta(days=1))
    cast.tax.successors.add(cast.collection)
    cast.tax.refresh_from_db()
    assert cast.neighbour in queries.staff_of(cast.tax)
    assert cast.clerk not in queries.staff_of(cast.tax)


def move(cast, medium, on=None, **data):
    facts = {name: getattr(medium, name) for name in ("place", "lock", "responsible", "remarks")}
    return workflow.move_medium(medium.pk, data=facts | data, on=on or today(), actor=cast.officer)


def test_what_did_not_move_is_no_move_in_the_ledger(cast):
    medium = steps.registered(cast)
    move(cast, medium, responsible=cast.manager)
    line = LedgerEntry.objects.order_by("-pk")[0]
    assert (line.kind, line.purpose) == (EntryKind.CHECKED, "媒体の責任者・施錠等の変更")
    assert line.remarks == "保管の責任をもつ人：試験 second_officerから試験 managerへ"


@pytest.mark.parametrize("days", [None, 1])
def test_neither_nothing_nor_a_day_before_it_was_stored_is_a_move(cast, days):
    medium = steps.registered(cast)
    before = steps.everything()
    with pytest.raises(Invalid) as invalid:
        move(cast, medium, **({"place": "別館", "on": today() - timedelta(days=days)} if days else {}))
    assert set(invalid.value.errors) == ({"on"} if days else {""})
    assert steps.everything() == before


def test_who_was_transferred_since_the_page_was_opened_is_given_no_medium(cast):
    medium = steps.registered(cast)
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    before = steps.everything()
    for verb in (
        lambda: move(cast, medium, responsible=cast.clerk),
        lambda: steps.registered(cast, medium.file, responsible=cast.clerk),
    ):
        with pytest.raises(Invalid) as invalid:
            verb()
        assert set(invalid.value.errors) == {"responsible"}
    assert steps.everything() == before


def test_one_name_in_two_spellings_is_not_two_people(cast):
    medium = steps.registered(cast)
    data = steps.DISPOSAL | {"disposed_by": "試験 太郎", "witness": "試験　太郎"}
    with pytest.raises(Invalid) as invalid:
        workflow.dispose_medium(medium.pk, on=today(), way="shred", data=data, actor=cast.officer)
    assert set(invalid.value.errors) == {"witness"}
