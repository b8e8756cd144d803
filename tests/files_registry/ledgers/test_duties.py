"""A silent ledger, a medium past its retention and input nobody verified are found, and what clears each."""

from datetime import timedelta

import pytest
from django.urls import reverse

from files_registry.catalogue.models import FileVersion, PersonalInformationFile
from files_registry.ledgers import workflow
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.desk import work_of
from nerima_privacy.duties.registry import Scope, duty_named
from roles.holdings import load_holdings
from roles.models import Person, Posting, Unit
from tests.files_registry import ledger_steps as steps


def findings(name, on=None, units=None):
    return duty_named(f"ledgers.{name}").check(Scope(on or today(), units)).findings


def ago(days):
    return today() - timedelta(days=days)


@pytest.mark.article("15-1")
def test_a_ledger_silent_for_longer_than_its_class_allows_is_found(cast):
    file = steps.held_since(cast, 200)
    (found,) = findings("kept_up")
    assert (found.unit_id, found.due_on) == (cast.tax.pk, ago(200) + timedelta(days=92))
    assert findings("kept_up", units=frozenset({cast.collection.pk})) == []
    entry = steps.wrote(cast, file, on=ago(93))
    (found,) = findings("kept_up")
    assert found.due_on == ago(1)
    assert findings("kept_up", on=ago(1)) == []
    steps.wrote(cast, file)
    assert findings("kept_up") == []
    assert duty_named("ledgers.kept_up").check(Scope(today())).subjects == 1
    assert entry.file == file


@pytest.mark.article("15-1")
def test_a_line_that_was_taken_back_does_not_count(cast):
    file = steps.held_since(cast, 200)
    entry = steps.wrote(cast, file)
    workflow.correct_entry(
        entry.pk, kind="", on=None, done_by="", data={}, reason="誤り", voids=True, actor=cast.officer
    )
    assert len(findings("kept_up")) == 1


@pytest.mark.article("15-1")
def test_a_class_that_asks_for_nothing_and_a_file_held_since_today_are_not_found(cast):
    file = steps.held_since(cast, 900, confidentiality="1")
    assert findings("kept_up") == []
    FileVersion.objects.filter(pk=file.current_id).update(confidentiality="2")
    assert len(findings("kept_up")) == 1
    steps.held(cast, name="きょうから")
    assert len(findings("kept_up")) == 1


@pytest.mark.article("15-1")
def test_a_medium_past_its_retention_is_found_until_it_is_disposed_of(cast):
    file = steps.held_since(cast, 1500)
    steps.registered(cast, file)
    medium = steps.registered(cast, file, completed_on=ago(900), retention="1", stored_on=ago(1000))
    (found,) = findings("disposed_in_time")
    assert (found.due_on, found.url) == (medium.keep_until, file.get_absolute_url())
    assert duty_named("ledgers.disposed_in_time").check(Scope(today())).subjects == 2
    workflow.dispose_medium(
        medium.pk, on=today(), way="shred", data=steps.DISPOSAL | {"early_reason": ""}, actor=cast.officer
    )
    assert findings("disposed_in_time") == []
    assert len(findings("disposed_in_time", on=ago(1))) == 1


@pytest.mark.article("15-1")
def test_a_medium_whose_keeper_was_transferred_is_found_until_another_answers_for_it(cast):
    file = steps.held_since(cast, 900)
    medium = steps.registered(cast, file, responsible=cast.clerk, stored_on=ago(100))
    steps.disposed(cast, file, responsible=cast.clerk)
    assert findings("media_answered_for") == []
    Posting.objects.filter(person=cast.clerk).update(valid_to=ago(10))
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=ago(9))
    (found,) = findings("media_answered_for")
    assert (found.unit_id, found.since) == (cast.tax.pk, ago(9))
    assert findings("media_answered_for", on=ago(10)) == []
    assert findings("media_answered_for", units=frozenset({cast.collection.pk})) == []
    assert duty_named("ledgers.media_answered_for").check(Scope(today())).subjects == 1
    data = {"place": medium.place, "lock": medium.lock, "responsible": cast.second_officer, "remarks": ""}
    workflow.move_medium(medium.pk, data=data, on=today(), actor=cast.officer)
    assert findings("media_answered_for") == []


@pytest.mark.article("15-1")
def test_media_left_behind_are_one_finding_a_file_which_leads_to_their_list(cast, client):
    file, other = steps.held_since(cast, 900), steps.held_since(cast, 900, name="督促簿")
    kept = [steps.registered(cast, file, responsible=cast.clerk, stored_on=ago(100), place=place) for place in "東西"]
    kept.append(steps.registered(cast, file, responsible=cast.officer, stored_on=ago(100)))
    steps.registered(cast, other, responsible=cast.clerk, stored_on=ago(5))
    Posting.objects.filter(person=cast.clerk).update(valid_to=ago(10))
    found = {finding.subject: finding for finding in findings("media_answered_for")}
    assert set(found) == {f"{file.name}（2件）", "督促簿（1件）"}
    one = found[f"{file.name}（2件）"]
    assert (one.unit_id, one.since) == (cast.tax.pk, ago(9))
    outcome = duty_named("ledgers.media_answered_for").check(Scope(today()))
    assert (outcome.subjects, outcome.met) == (2, 0), "files, as are the findings"
    counted = duty_named("ledgers.media_answered_for").check(Scope(today(), counting=True))
    assert [(tally.unit_id, tally.late, tally.first) for tally in counted.tallies] == [(cast.tax.pk, 2, ago(9))]
    client.force_login(cast.manager)
    page = client.get(one.url)
    assert {row["medium"].pk for row in page.context["rows"]} == {medium.pk for medium in kept[:2]}
    assert page.context["filter"]["file"].value() == str(file.pk)
    client.force_login(cast.department_manager)
    assert client.get(one.url).url == file.get_absolute_url()
    assert client.post(one.url).status_code == 403
    assert client.get(one.url.partition("?")[0]).status_code == 403


@pytest.mark.article("15-1")
def test_who_left_the_ward_answers_for_nothing_and_a_merged_unit_keeps_its_keepers(cast):
    file = steps.held_since(cast, 900)
    steps.registered(cast, file, responsible=cast.clerk, stored_on=ago(100))
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=ago(1))
    cast.tax.successors.add(cast.collection)
    Posting.objects.filter(person=cast.clerk).update(valid_to=ago(1))
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today())
    assert findings("media_answered_for") == []
    Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert len(findings("media_answered_for")) == 1


@pytest.mark.article("17-1")
def test_every_way_the_class_asks_for_is_verified_in_its_period(cast):
    file = steps.held_since(cast, 400, confidentiality="3a")
    assert len(findings("input_verified")) == 1
    for way in ("source", "before_after"):
        steps.verified(cast, file, way=way)
    assert len(findings("input_verified")) == 1
    steps.verified(cast, file, way="existing", on=ago(93))
    assert len(findings("input_verified")) == 1
    steps.verified(cast, file, way="existing", on=ago(92))
    assert findings("input_verified") == []


@pytest.mark.article("17-1")
def test_paper_and_lower_classes_need_no_verification(cast):
    steps.held_since(cast, 900, confidentiality="2")
    paper = steps.held_since(cast, 900, name="紙の名簿")
    FileVersion.objects.filter(file=paper).update(processing="manual", system_name="")
    assert findings("input_verified") == []


@pytest.mark.article("15-1")
def test_the_desk_shows_what_ends_soon_and_to_officers_what_has_ended(cast):
    file = steps.held_since(cast, 1500)
    medium = steps.registered(cast, file, completed_on=ago(900), retention="1", stored_on=ago(1000))

    def lines(person, on=None):
        items = work_of(person, load_holdings(person), on or today())
        return [item.title for item in items if "媒体" in item.title]

    assert lines(cast.officer) == ["保存期間が満了する媒体の処分（1件）"]
    assert lines(cast.manager) == []
    assert lines(cast.manager, medium.keep_until - timedelta(days=29)) == lines(cast.officer)
    assert lines(cast.manager, medium.keep_until - timedelta(days=31)) == []
    assert lines(cast.clerk) == lines(cast.neighbour) == []


@pytest.mark.article("15-1")
@pytest.mark.article("17-1")
def test_the_pages_call_nothing_late_that_the_duties_do_not(cast, client):
    """Held for years and known here since today: both count from when it was taken in."""
    file = steps.held(cast)
    PersonalInformationFile.objects.filter(pk=file.pk).update(held_from=today() - timedelta(days=900))
    assert findings("kept_up") == findings("input_verified") == []
    steps.opened(file, cast.officer)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    (row,) = client.get(reverse("ledgers:list")).context["rows"]
    assert not row["silent"]
    ways = client.get(reverse("ledgers:verifications", args=[file.pk])).context["ways"]
    assert ways
    assert not any(way["late"] for way in ways)
