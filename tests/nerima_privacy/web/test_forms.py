"""Forms keep what people type, and say in Japanese what is wrong with it."""

import re
from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile

from nerima_privacy.refusals import Invalid
from nerima_privacy.web import fields
from nerima_privacy.web.forms import Form
from nerima_privacy.web.text import clean_text
from tests.nerima_privacy.web.urls import TryForm


@pytest.mark.parametrize(
    "typed",
    ["𠮷田", "髙橋﨑", "ﾈﾘﾏ ﾀﾛｳ", "👩‍👩‍👧 記録", "葛󠄀飾", "神社福祉\ufa19\ufa1b", "=1+1", "１２３", "ファイル①"],
)
def test_what_is_typed_is_stored_as_typed(typed):
    assert clean_text(typed) == typed


def test_parts_of_a_letter_are_put_together():
    assert clean_text("か\u3099く") == "がく"


def test_blanks_around_are_trimmed_and_line_ends_are_plain():
    assert clean_text("　一行目\r\n二行目\r\n ") == "一行目\n二行目"


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\ufeff", "\ud800", "\u2028"])
def test_what_no_eye_can_see_is_refused_with_its_place(hidden):
    with pytest.raises(django_forms.ValidationError, match="「住民台帳」の後ろに"):
        clean_text(f"住民台帳{hidden}の写し")


def test_a_field_of_ten_thousand_characters_is_taken_and_one_more_is_refused_with_the_count():
    assert TryForm({"name": "長" * 10_000}).is_valid()
    form = TryForm({"name": "長" * 10_001})
    assert form.errors["name"] == ["10000文字までにしてください。いま10001文字あります。"]
    assert "長" * 10_001 in str(form["name"]), "what was typed stays on the page"


def test_the_browser_does_not_cut_pasted_text_off():
    assert "maxlength" not in str(TryForm()["name"])


def test_a_line_feed_in_a_one_line_field_is_refused():
    assert "改行は入れられません" in TryForm({"name": "一\n二"}).errors["name"][0]
    assert TryForm({"name": "一", "memo": "一\n二"}).is_valid()


def test_a_missing_field_is_named():
    assert TryForm({}).errors["name"] == ["名称を書いてください。"]


@pytest.mark.parametrize(
    "typed", ["令和8年11月23日", "R8.11.23", "2026-11-23", "２０２６／１１／２３", "令和８年１１月２３日"]
)
def test_a_date_is_read_however_it_is_typed(typed):
    form = TryForm({"name": "台帳", "day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["令和99年1月1日", "2026-02-30", "あした", "平成31年5月1日x"])
def test_a_date_that_cannot_be_is_refused_at_its_field_and_stays_typed(typed):
    form = TryForm({"name": "台帳", "day": typed})
    assert set(form.errors) == {"day"}
    assert re.search("[ぁ-ん]", form.errors["day"][0])
    assert typed in str(form["day"])


def test_a_stored_date_is_shown_in_the_era_calendar():
    assert "令和8年11月23日" in str(TryForm(initial={"day": date(2026, 11, 23)})["day"])


@pytest.mark.parametrize(
    ("typed", "number"), [("1000", 1000), ("1,000", 1000), ("１，０００", 1000), ("約1000", None), ("30人", 30)]
)
def test_a_number_is_read_however_it_is_typed(typed, number):
    form = TryForm({"name": "台帳", "count": typed})
    assert form.is_valid() is (number is not None)
    assert form.cleaned_data.get("count") == number


def test_a_file_of_another_kind_or_empty_or_too_large_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 100
    cases = {
        "この種類のファイルは受け取れません": SimpleUploadedFile("a.exe", b"x"),
        "選んだファイルは空です": SimpleUploadedFile("a.pdf", b""),
        "ファイルが大きすぎます": SimpleUploadedFile("a.pdf", b"x" * 101),
    }
    for words, file in cases.items():
        assert words in TryForm({"name": "台帳"}, {"paper": file}).errors["paper"][0]


def test_label_hint_example_and_error_stand_in_order_and_are_tied_to_the_field():
    html = TryForm({"day": "x"})["name"].as_field_group()
    order = [
        "<label",
        "必須",
        "第10条第1項",
        "事務でふだん使う名前",
        "例　住民基本台帳ファイル",
        "<input",
        "名称を書いてください",
    ]
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = TryForm()["kind"].as_field_group()
    assert "<fieldset" in html
    assert "<legend>種別" in html
    assert html.count('class="choice"') == 2


def test_the_summary_links_to_each_field_in_error():
    form = TryForm({"day": "x", "kind": "z"})
    html = str(form)
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert targets == ["id_name", "id_day", "id_kind"]
    assert all(f'id="{target}"' in html for target in targets)


def test_sentences_of_a_verb_stand_at_their_fields():
    form = TryForm({"name": "台帳"})
    assert form.is_valid()
    form.take(Invalid({"name": "同じ名称のファイルがあります。", "elsewhere": "全体の誤り"}))
    assert form.errors["name"] == ["同じ名称のファイルがあります。"]
    assert form.non_field_errors() == ["全体の誤り"]


def test_no_built_in_message_is_in_another_language():
    class Many(Form):
        email = django_forms.EmailField(label="メール")
        decimal = django_forms.DecimalField(label="数", max_digits=3)
        choice = django_forms.ChoiceField(label="選択", choices=[("a", "あ")])
        several = django_forms.MultipleChoiceField(label="複数", choices=[("a", "あ")])
        when = fields.JapaneseDateField(label="日")
        agreed = django_forms.BooleanField(label="同意")
        url = django_forms.URLField(label="アドレス", assume_scheme="https")

    wrong = {"email": "x", "decimal": "y", "choice": "z", "several": ["z"], "when": "w", "url": "://"}
    for data in (wrong, {}, {**wrong, "decimal": "12345.6"}):
        for errors in Many(data).errors.values():
            assert all(re.search("[ぁ-ん]", error) for error in errors), errors
