"""Dates and deadlines in the ward's words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines

from nerima_privacy.web import wording
from nerima_privacy.web.templatetags import ui

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        (date(2026, 11, 22), "2日おくれ", "late"),
        (date(2026, 11, 24), "きょうまで", "today"),
        (date(2026, 11, 27), "あと3日", "soon"),
        (date(2026, 12, 15), "12月15日", "calm"),
        (date(2027, 3, 31), "令和9年3月31日", "calm"),
    ],
)
def test_a_deadline_is_said_by_how_near_it_is(due, words, kind):
    assert (wording.deadline_words(due, TODAY), wording.deadline_kind(due, TODAY)) == (words, kind)


def test_a_moment_is_told_in_tokyo():
    moment = datetime(2026, 11, 23, 15, 5, tzinfo=ZoneInfo("UTC"))
    assert ui.wareki_time(moment) == "令和8年11月24日 0時05分"
    assert ui.wareki(moment) == "令和8年11月24日"
    assert ui.wareki_dow(TODAY) == "令和8年11月24日（火）"


def test_no_date_is_nothing():
    assert [f(None) for f in (ui.wareki, ui.wareki_dow, ui.wareki_time, ui.days_left)] == ["", "", "", ""]


def test_a_cell_shows_lines_and_says_when_it_is_blank():
    assert str(ui.cell_lines("一\n<二>")) == '<ul class="lines"><li>一</li><li>&lt;二&gt;</li></ul>'
    assert ui.cell_lines("一") == "一"
    assert "空欄" in ui.cell_lines("")


def test_text_given_to_tags_is_escaped():
    template = engines["django"].from_string(
        '{% chip x "late" %}{% nothing x %}{% card x %}{{ x }}{% endcard %}{% button x %}{% meter x 1 2 x %}'
    )
    assert "<b>" not in template.render({"x": "<b>"})
