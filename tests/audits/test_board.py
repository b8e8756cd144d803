"""監査責任者 see the ward's numbers and their audits; what lies behind a number where an audit opens it (第24条)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from audits.examinations import workflow
from nerima_privacy.calendars.periods import midnight, today
from nerima_privacy.duties.registry import Finding
from roles.models import Appointment
from roles.seats import Seat
from tests.audits import steps
from tests.nerima_privacy.duties.conftest import no_duties, no_work  # noqa: F401  # fixtures
from tests.nerima_privacy.duties.ward_of_duties import declare

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.article("7-3", "24-1"),
    pytest.mark.usefixtures("no_duties", "no_work"),
]


@pytest.fixture
def short(cast):
    """Findings of 税務課, 収納課, a school and the officer's own unit; one of them of a draft."""

    def of(unit, subject, **changed):
        since = today() - timedelta(days=30)
        facts = {"url": "/files/1/", "unit_id": unit.pk, "since": since, "due_on": since, "clears": "届け出る。"}
        return Finding(subject=subject, key=subject, **{**facts, **changed})

    own = cast.audit_officer.postings.get().unit
    declare(
        "filing.filed",
        [
            of(cast.tax, "課税台帳"),
            of(cast.tax, "案の名称", draft=True),
            of(cast.collection, "収納台帳"),
            of(cast.school, "学籍"),
            of(own, "自分の組織の台帳"),
        ],
        subjects={cast.tax.pk: 4, own.pk: 2},
    )
    return own


def get(client, person, name="board", **query):
    cache.clear()
    client.force_login(person)
    return client.get(reverse(name), query)


def test_the_numbers_are_those_of_the_ward_and_lead_only_where_an_audit_opens(client, cast, short):
    steps.approved(cast)
    response = get(client, cast.audit_officer)
    assert response.status_code == 200
    own = {cell.column: (cell.text, bool(cell.url)) for _, row, _ in response.context["table"] for cell in row}
    assert own[cast.tax.parent.name] == ("3", True)
    assert own["学校"] == ("1", False)
    page = response.content.decode()
    assert "課税台帳" in page
    for hidden in ("収納台帳", "自分の組織の台帳", "案の名称<"):
        assert hidden not in page


def test_the_findings_and_excel_hold_what_is_examined_only(client, cast, short):
    steps.approved(cast)
    page = get(client, cast.audit_officer, "board-findings", article="10").content.decode()
    assert "課税台帳" in page
    assert "届出の案" in page
    for hidden in ("収納台帳", "自分の組織の台帳", "案の名称<"):
        assert hidden not in page
    response = get(client, cast.audit_officer, "board-export")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True) if row[3]]
    assert sorted(rows) == sorted(["課税台帳", "届出の案（案の名称は出しません）"])


@pytest.mark.parametrize("code", ["schools", "ward", "0320", "x"])
def test_what_is_not_examined_cannot_be_asked_for(client, cast, short, code):
    steps.approved(cast)
    assert get(client, cast.audit_officer, "board-findings", unit=code).status_code == 404


def test_findings_are_closed_again_with_the_audit(client, cast, short):
    audit = steps.approved(cast)
    assert get(client, cast.audit_officer, "board-findings").status_code == 200
    workflow.end(audit.pk, note="確かめ終えた", actor=cast.audit_officer)
    assert get(client, cast.audit_officer, "board-findings").status_code == 403
    steps.approved(cast)
    Appointment.objects.filter(person=cast.audit_officer, seat=Seat.AUDIT_OFFICER).update(valid_to=steps.days(-1))
    assert get(client, cast.audit_officer).status_code == 403


def test_who_is_moved_into_an_examined_unit_reads_its_numbers_only(client, cast, short):
    steps.approved(cast)
    steps.transfer(cast.audit_officer, cast.tax)
    assert get(client, cast.audit_officer).status_code == 200
    assert get(client, cast.audit_officer, "board-findings").status_code == 403


def test_their_audits_stand_on_the_board_with_where_each_is(client, cast, short):
    going = steps.approved(cast, title="いまの監査")
    steps.submitted(cast, title="待つ監査", units=("school",))
    steps.planned(cast, title="書きかけの監査", units=("school",))
    workflow.refuse(steps.submitted(cast, title="通らない監査").pk, note="分けること", actor=cast.chief)
    workflow.withdraw(steps.planned(cast, title="やめた監査").pk, actor=cast.audit_officer)
    (part,) = get(client, cast.audit_officer).context["parts"]
    assert {line.title: line.status for line in part.lines} == {
        "いまの監査": "実施中",
        "待つ監査": "承認待ち",
        "書きかけの監査": "案",
        "通らない監査": "不承認",
    }
    assert next(line.now for line in part.lines if line.title == "いまの監査").endswith("まで（あと30日）")
    with time_machine.travel(midnight(going.ends_on + timedelta(days=1)), tick=False):
        (part,) = get(client, cast.audit_officer).context["parts"]
        assert next(line.status for line in part.lines if line.title == "いまの監査") == "終了"


def test_nobody_else_finds_audits_on_the_board(client, cast, short):
    steps.approved(cast)
    for who in ("chief", "manager", "department_manager", "disclosure_manager"):
        assert get(client, cast.people[who]).context["parts"] == []


def test_in_the_post_of_a_unit_an_audit_officer_sees_the_board_of_that_unit(client, cast, short):
    steps.appoint(cast, "neighbour")
    seat = Appointment.objects.get(person=cast.neighbour, seat=Seat.PROTECTION_MANAGER)
    client.force_login(cast.neighbour)
    session = client.session
    session["chosen_post"] = seat.pk
    session.save()
    cache.clear()
    response = client.get(reverse("board"))
    assert [column.label for column in response.context["board"].columns] == [seat.unit.name]
    assert response.context["parts"] == []
