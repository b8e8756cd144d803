"""The board shows each overseer the own part of the ward, as of any day, and leads to what lies behind a number."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from openpyxl import load_workbook

from nerima_privacy.activity.models import Entry
from nerima_privacy.duties.registry import Outcome, duty
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.web import remembering
from roles.models import Appointment
from roles.seats import Seat
from tests.nerima_privacy.duties.ward_of_duties import declare, finding

pytestmark = [pytest.mark.article("3-3", "4-3", "5-3"), pytest.mark.usefixtures("no_duties", "no_work")]


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def findings(cast):
    declare(
        "filing.filed",
        [
            finding(cast.tax, -200, subject="課税台帳", key="1"),
            finding(cast.collection, -3, subject="収納台帳", key="2"),
            finding(cast.welfare_admin, 2, subject="福祉台帳", key="3"),
            finding(cast.school, -1, subject="学籍", key="4"),
            finding(cast.closed_school, None, subject="統合前の学籍", key="5"),
        ],
        subjects={cast.tax.pk: 10, cast.disclosure.pk: 2},
    )
    declare("seats.filled", [], seat=Seat.GENERAL_PROTECTION_MANAGER, article="3-1", subjects={None: 1})


def get(client, person, name="board", **query):
    client.force_login(person)
    return client.get(reverse(name), query)


def cells(response):
    return {(label[:4], cell.column): cell.text for label, row, _ in response.context["table"] for cell in row}


def test_the_ward_stands_by_department_with_schools_in_one_column(client, cast, findings):
    shown = cells(get(client, cast.chief))
    assert shown["第10条", "区民部"] == "2"
    assert shown["第10条", "総務部"] == "✓"
    assert shown["第10条", "福祉部"] == "△1"
    assert shown["第10条", "人事戦略担当部"] == "なし"
    assert shown["第10条", "学校"] == "2"
    assert shown["第3条　", "区全体"] == "✓"


def test_the_figures_over_the_table_add_up(client, cast, findings):
    page = get(client, cast.disclosure_manager).content.decode()
    assert "全体でおくれ 4件" in page
    assert "7日以内に期限 1件" in page
    assert "満たしている義務 70.6%" in page


def test_how_many_days_are_soon_is_a_legal_value(client, cast, findings):
    LegalParameter.objects.filter(key="board.soon_days").update(value=1)
    assert "1日以内に期限 0件" in get(client, cast.disclosure_manager).content.decode()


def test_a_day_before_the_guideline_is_refused_at_the_field(client, cast, findings):
    response = get(client, cast.chief, on="令和5年3月31日")
    assert response.status_code == 400
    assert "令和5年4月1日" in response.context["form"].errors["on"][0]
    assert get(client, cast.chief, on="令和5年4月1日").status_code == 200


def test_a_department_manager_sees_the_own_sections_only(client, cast, findings):
    response = get(client, cast.department_manager)
    assert cells(response)["第10条", "税務課"] == "1"
    assert {column.label for column in response.context["board"].columns} == {"区民部", "税務課", "収納課"}
    assert "学籍" not in response.content.decode()


@pytest.mark.parametrize("who", ["manager", "officer"])
def test_a_section_sees_itself_only(client, cast, findings, who):
    response = get(client, cast.people[who])
    assert [column.label for column in response.context["board"].columns] == ["税務課"]


def test_a_merged_school_stands_with_the_one_that_took_over(client, cast, findings):
    response = get(client, cast.other_principal)
    assert [column.label for column in response.context["board"].columns] == ["田柄小学校"]
    assert "統合前の学籍" in response.content.decode()


@pytest.mark.parametrize("who", ["clerk", "administrator", "superuser", "dispatched", "outsider"])
@pytest.mark.parametrize("name", ["board", "board-findings", "board-export"])
def test_those_who_oversee_nothing_are_refused(client, cast, findings, who, name):
    if (who, name) != ("administrator", "board-findings"):
        assert get(client, cast.people[who], name).status_code == 403


def test_the_desk_of_an_administrator_leads_to_what_is_the_own_turn_and_to_nothing_else(client, cast, findings):
    vacant = [finding(cast.tax, subject=f"席{n}", key=str(n)) for n in range(6)]
    declare("seats.vacant", vacant, seat=Seat.SYSTEM_ADMINISTRATOR, article="5-1")
    desk = get(client, cast.administrator, "desk").context["desk"]
    (line,) = [item for item in desk.turn if item.count == 6]
    page = client.get(line.url)
    assert page.status_code == 200
    assert "席0" in page.content.decode()
    everything = get(client, cast.administrator, "board-findings").content.decode()
    assert "席0" in everything
    assert "課税台帳" not in everything


@pytest.mark.parametrize("name", ["board-findings", "board-export"])
def test_an_audit_officer_without_an_audit_is_given_numbers_only(client, cast, findings, name):
    page = get(client, cast.audit_officer)
    assert cells(page)["第10条", "区民部"] == "2"
    assert "課税台帳" not in page.content.decode()
    assert reverse("board-findings") not in page.content.decode()
    assert get(client, cast.audit_officer, name).status_code == 403


def test_a_cell_leads_to_its_findings_and_on_to_the_sections(client, cast, findings):
    page = get(client, cast.chief, "board-findings", article="10", unit="0300").content.decode()
    assert "課税台帳" in page
    assert "福祉台帳" not in page
    assert page.index("課税台帳") < page.index("収納台帳"), "the oldest first"
    assert "unit=0310" in page
    assert "統合前の学籍" in get(client, cast.chief, "board-findings", article="10", unit="schools").content.decode()


@pytest.mark.parametrize(
    "query",
    [{"unit": "0400"}, {"unit": "ward"}, {"unit": "schools"}, {"unit": "x"}, {"article": "99"}, {"article": "²"}],
)
def test_what_is_not_overseen_does_not_exist(client, cast, findings, query):
    assert get(client, cast.department_manager, "board-findings", **query).status_code == 404


def test_the_oldest_lateness_says_whose_turn_it_is_and_since_when(client, cast, findings):
    page = get(client, cast.chief).content.decode()
    assert "区民部 税務課　保護責任者" in page
    assert "令和8年5月8日<small>200日おくれ</small>" in page


@pytest.mark.parametrize("typed", ["令和8年11月20日", "2026-11-20", "Ｒ８．１１．２０"])
def test_another_day_can_be_asked_for_either_way(client, cast, findings, typed):
    response = get(client, cast.chief, on=typed)
    assert "11月20日現在" in response.content.decode()
    assert cells(response)["第10条", "区民部"] == "1"


@pytest.mark.parametrize("typed", ["令和8年13月1日", "令和99年1月1日", "きのう", "2027-01-01"])
def test_a_wrong_day_is_said_at_the_field_and_kept(client, cast, findings, typed):
    response = get(client, cast.chief, on=typed)
    assert response.status_code == 400
    assert response.context["form"].errors["on"]
    assert typed in response.content.decode()


@pytest.mark.parametrize("typed", ["令和99年1月1日", "きのう", "x" * 3000])
@pytest.mark.parametrize("name", ["board-findings", "board-export"])
def test_findings_and_the_table_of_a_wrong_day_lead_to_the_field_that_says_so(client, cast, findings, name, typed):
    url = get(client, cast.chief, name, on=typed).url
    answer = client.get(url)
    assert url.startswith(reverse("board"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["on"]
    assert typed[:100] in answer.content.decode()


def test_rights_are_those_of_today_whatever_day_is_asked_for(client, cast, findings):
    Appointment.objects.filter(person=cast.manager).update(valid_to="2026-11-23")
    assert get(client, cast.manager, on="2026-11-20").status_code == 403


def test_findings_are_shown_fifty_a_page(client, cast):
    declare("filing.filed", [finding(cast.tax, subject=f"台帳{n}", key=str(n)) for n in range(60)])
    response = get(client, cast.chief, "board-findings")
    assert len(response.context["rows"]) == 50


def test_the_board_takes_at_most_twelve_queries(client, cast, findings, django_assert_max_num_queries):
    client.force_login(cast.chief)
    for name in ("board", "board-findings"):
        with django_assert_max_num_queries(12):
            client.get(reverse(name))


def test_everything_found_is_taken_out_as_excel(client, cast, findings):
    response = get(client, cast.chief, "board-export")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    head, *rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert head[0] == "条"
    assert [row[3] for row in rows] == ["課税台帳", "統合前の学籍", "収納台帳", "学籍", "福祉台帳"]
    assert rows[0] == (
        "第10条第1項",
        "保有の届出",
        "区民部 税務課",
        "課税台帳",
        "区民部 税務課　保護責任者",
        "令和8年9月25日",
        "令和8年5月8日",
        200,
        "保護責任者が届け出ると消えます。",
    )


def test_a_section_takes_out_its_own_only(client, cast, findings):
    response = get(client, cast.manager, "board-export")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert "収納台帳" not in {row[3] for row in sheet.iter_rows(values_only=True)}


def test_once_asked_the_duties_are_not_asked_again_until_something_happens(client, cast, no_duties):
    asked = []

    @duty("filing.filed", article="10-1", title="保有の届出", seat=Seat.PROTECTION_MANAGER)
    def check(scope):
        asked.append(scope)
        return Outcome(1)

    get(client, cast.manager)
    get(client, cast.manager, "board-findings")
    assert len(asked) == 1
    get(client, cast.chief)
    assert len(asked) == 2
    Entry.objects.create(
        actor=cast.manager, verb="x", subject_type=ContentType.objects.get_for_model(cast.tax), subject_id=cast.tax.pk
    )
    get(client, cast.manager)
    assert len(asked) == 3
    get(client, cast.chief)
    assert len(asked) == 3, "the ward as a whole is counted anew once a minute"


def test_a_cache_that_is_down_costs_time_not_the_page(client, cast, findings, monkeypatch):
    monkeypatch.setattr(remembering, "cache", None)
    assert get(client, cast.chief).status_code == 200
