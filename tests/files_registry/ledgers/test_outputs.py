"""Taking ledgers out is an act: who may, what it leaves on record, and what it must not let out (第11条・第15条)."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.access.granting import close_right
from files_registry.access.models import Opening
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers import workflow
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents import tables
from nerima_privacy.refusals import Invalid
from roles.models import Unit
from tests.files_registry import ledger_steps as steps

pytestmark = [pytest.mark.article("11-3"), pytest.mark.article("15-1")]
OUT = (Right.OPEN, Right.OUTPUT)


@pytest.fixture
def files(cast):
    """Three files of 税務課 with a line each: of class 3b, which asks the purpose, and two of class 1."""
    found = [steps.held(cast, name=name) for name in ("課税台帳", "軽自動車税台帳", "原付標識台帳")]
    FileVersion.objects.filter(file__in=found[1:]).update(confidentiality="1")
    for file in found:
        steps.wrote(cast, file)
    return found


@pytest.fixture
def come_in(client):
    def login(person):
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return login


def names(response):
    lines = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    return [line["ファイルの名称"] for line in lines]


def send(client, unit="0310", **data):
    return client.post(reverse("ledgers:output-unit", args=[unit]), {"form": "csv", **data})


def newest():
    return Entry.objects.order_by("pk").last()


def test_taking_out_one_ledger_leaves_one_entry_that_says_what(cast, files, come_in):
    steps.opened(files[0], cast.officer)
    before = Entry.objects.count()
    query = {"year": "2026", "kind": "copied", "q": "書庫"}
    response = come_in(cast.officer).get(reverse("ledgers:export.csv", args=[files[0].pk]), query)
    assert Entry.objects.count() == before + 1, "recorded before the first line is sent"
    assert len(names(response)) == 1
    entry = newest()
    assert (entry.verb, entry.subject_id, entry.actor) == ("ledger.output", files[0].pk, cast.officer)
    assert entry.facts == {"form": "csv", "year": 2026, "kind": "copied", "words": True, "lines": 1}
    assert "書庫" not in str(entry.facts), "words may name somebody"
    assert Entry.objects.count() == before + 1


def test_a_sending_that_breaks_off_is_on_record(cast, files, come_in, monkeypatch):
    steps.opened(files[0], cast.officer)
    monkeypatch.setattr(tables.Column, "value", lambda *_: 1 / 0)
    response = come_in(cast.officer).get(reverse("ledgers:export.csv", args=[files[0].pk]))
    with pytest.raises(ZeroDivisionError):
        names(response)
    assert newest().verb == "ledger.output"


def test_the_entry_counts_what_is_sent_however_much_is_written_meanwhile(cast, files, come_in):
    steps.opened(files[0], cast.officer)
    response = come_in(cast.officer).get(reverse("ledgers:export.csv", args=[files[0].pk]))
    taken = newest().facts["lines"]
    steps.wrote(cast, files[0])
    assert len(names(response)) == taken == 1


def test_a_grant_without_output_takes_nothing_out(cast, files, come_in):
    steps.grant(cast, files[0], "clerk", Right.OPEN, Right.ENTER)
    steps.opened(files[0], cast.clerk)
    browser = come_in(cast.clerk)
    assert "Excel" not in browser.get(reverse("ledgers:detail", args=[files[0].pk])).content.decode()
    entries, refusals = Entry.objects.count(), Opening.objects.filter(refused=True)
    for kind in ("export.xlsx", "export.csv", "ledger.pdf"):
        assert browser.get(reverse(f"ledgers:{kind}", args=[files[0].pk])).status_code == 403
    assert [(noted.person, noted.file) for noted in refusals] == [(cast.clerk, files[0])]
    assert Entry.objects.count() == entries + 1, "the refusal, noted once"
    before = steps.everything()
    assert browser.get(reverse("ledgers:output-unit", args=["0310"])).status_code == 403
    assert send(browser, purpose="点検").status_code == 403
    assert steps.everything() == before


def test_the_right_is_asked_when_it_is_done_and_not_when_the_page_was_read(cast, files, come_in):
    right = steps.grant(cast, files[0], "clerk", *OUT)
    browser = come_in(cast.clerk)
    assert browser.get(reverse("ledgers:output-unit", args=["0310"])).status_code == 200
    close_right(right, reason="終わり", actor=cast.manager)
    before = steps.everything()
    assert send(browser, purpose="点検").status_code == 403
    with pytest.raises(PermissionDenied):
        workflow.output_ledger(files[0].pk, form="csv", wanted={}, actor=cast.clerk)
    assert steps.everything() == before


def test_head_takes_nothing_out(cast, files, come_in):
    steps.opened(files[0], cast.officer)
    before = steps.everything()
    assert come_in(cast.officer).head(reverse("ledgers:export.csv", args=[files[0].pk])).status_code == 405
    assert steps.everything() == before


def test_one_purpose_stands_at_every_file_that_is_opened_by_it(cast, files, come_in):
    browser, before = come_in(cast.officer), Entry.objects.count()
    assert "利用の目的" in browser.get(reverse("ledgers:output-unit", args=["0310"])).content.decode()
    response = send(browser, purpose="年度の点検", year="2026")
    assert Entry.objects.count() == before + 1
    assert sorted(names(response)) == sorted(file.name for file in files)
    entry = newest()
    assert (entry.verb, entry.subject_id, entry.reason) == ("ledger.unit_output", cast.tax.pk, "年度の点検")
    assert entry.facts == {
        **{"form": "csv", "year": 2026, "kind": "", "words": False, "lines": 3},
        **{"files": 3, "opened": 3},
    }
    openings = Opening.objects.filter(person=cast.officer)
    assert sorted(openings.values_list("file", flat=True)) == sorted(file.pk for file in files)
    assert {opening.purpose for opening in openings} == {"年度の点検"}
    assert all("保護担当者" in opening.ground for opening in openings)
    send(browser, purpose="もう一度")
    assert openings.count() == 3, "what was opened a moment ago is not opened again"


def test_without_a_purpose_nothing_is_taken_out_where_a_class_asks_for_one(cast, files, come_in):
    browser, before = come_in(cast.officer), steps.everything()
    response = send(browser, purpose="　", year="2026")
    assert response.status_code == 422
    assert "業務のどのような目的で" in response.content.decode()
    assert response.context["form"]["year"].value() == "2026"
    assert send(browser, purpose="あ" * 401).status_code == 422
    assert send(browser, form="docx").status_code == 422
    assert steps.everything() == before
    assert not Opening.objects.exists()
    steps.opened(files[0], cast.officer)
    page = browser.get(reverse("ledgers:output-unit", args=["0310"])).content.decode()
    assert "利用の目的" not in page, "the purpose of the only file that asks was given a moment ago"
    assert len(names(send(browser))) == 3


def test_with_grants_only_those_files_go_out_that_may(cast, files, come_in):
    first, second, third = files
    steps.grant(cast, second, "clerk", *OUT)
    steps.grant(cast, third, "clerk", Right.OPEN, Right.ENTER)
    steps.grant(cast, first, "clerk", Right.OUTPUT)
    browser = come_in(cast.clerk)
    listed = browser.get(reverse("ledgers:list")).content.decode()
    assert reverse("ledgers:output-unit", args=["0310"]) in listed
    assert names(send(browser)) == [second.name]
    (opening,) = Opening.objects.all()
    assert (opening.file, opening.ground) == (second, f"許可{second.grants.get().pk}")
    assert newest().post_label == ""
    assert newest().facts["files"] == 1


def test_no_unit_is_offered_to_whom_nothing_may_leave(cast, files, come_in):
    steps.grant(cast, files[0], "clerk", Right.OPEN, Right.ENTER)
    for who in ("clerk", "second_clerk", "department_manager", "chief", "disclosure_manager", "superuser"):
        page = come_in(cast.people[who]).get(reverse("ledgers:list")).content.decode()
        assert reverse("ledgers:output-unit", args=["0310"]) not in page, who


def test_the_unit_that_took_over_takes_out_what_the_ended_one_left(cast, files, come_in):
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=today() - timedelta(days=1))
    cast.tax.successors.add(cast.collection)
    browser = come_in(cast.neighbour)
    listed = browser.get(reverse("ledgers:list")).content.decode()
    assert reverse("ledgers:output-unit", args=["0320"]) in listed
    assert reverse("ledgers:output-unit", args=["0310"]) not in listed
    assert len(names(send(browser, "0320", purpose="引継ぎの点検"))) == 3


def test_a_file_that_was_never_held_has_no_ledger_to_take_out(cast, files, come_in):
    PersonalInformationFile.objects.filter(pk=files[0].pk).update(status=FileStatus.ABANDONED)
    assert files[0].name not in names(send(come_in(cast.officer), purpose="点検"))


def test_nothing_is_kept_when_it_cannot_be_recorded(cast, files, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no room")

    monkeypatch.setattr("files_registry.ledgers.outputs.record", broken)
    with pytest.raises(OSError, match="no room"):
        workflow.output_unit(cast.tax.pk, form="csv", wanted={}, purpose="点検", actor=cast.officer)
    assert not Opening.objects.exists()


def test_a_purpose_is_asked_of_the_verb_too(cast, files):
    with pytest.raises(Invalid):
        workflow.output_unit(cast.tax.pk, form="csv", wanted={}, actor=cast.officer)


def test_many_files_are_opened_in_as_many_queries_as_few(cast, files):
    taken = []
    for who in ("officer", "second_officer"):
        with CaptureQueriesContext(connection) as queries:
            workflow.output_unit(cast.tax.pk, form="csv", wanted={}, purpose="点検", actor=cast.people[who])
        taken.append(len(queries))
        for _ in range(12):
            steps.held(cast, name=f"台帳{PersonalInformationFile.objects.count()}")
    assert Opening.objects.filter(person=cast.second_officer).count() == 15
    assert taken[0] == taken[1]
