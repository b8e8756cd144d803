"""The twenty cells of the official form: what they say, what they lack, how they differ."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from files_registry.catalogue.cells import (
    CELLS,
    FORM_FIELDS,
    INTERNAL,
    NONE,
    _list_parts,
    changed_fields,
    diff,
    missing,
    needs_notification,
    printed_cells,
)
from files_registry.catalogue.models import FileVersion
from files_registry.catalogue.searching import normalise
from nerima_privacy.law.models import LegalParameter
from tests.files_registry.steps import CELLS as FILLED

pytestmark = pytest.mark.article("10-1")


@pytest.fixture
def version(cast):
    return FileVersion(organ=cast.mayor, unit=cast.tax, unit_label="区民部 税務課", **FILLED)


def values(version, **more):
    return {cell["no"]: cell["value"] for cell in printed_cells(version, **more)}


def test_the_form_has_twenty_cells_in_order():
    assert [cell.no for cell in CELLS] == list(range(1, 21))
    assert all(cell.printed for cell in CELLS)
    assert not any(cell.printed or cell.no for cell in INTERNAL)
    assert set(FORM_FIELDS) <= {field.name for field in FileVersion._meta.fields}


def test_every_cell_is_printed_and_none_is_blank(version):
    printed = values(version)
    assert printed[2] == "練馬区長"
    assert printed[3] == "区民部 税務課"
    assert printed[5] == "1氏名、2生年月日、3住所、4個人番号、5所得"
    assert (printed[8], printed[9], printed[14], printed[15]) == ("含まない", "含まない", "無", "非該当")
    assert printed[11] == "（名称）総務部 情報公開課　（所在地）練馬区豊玉北6-12-1"
    assert [printed[no] for no in (12, 16, 17, 18, 19, 20)] == [NONE] * 6
    empty = values(FileVersion(organ=version.organ, unit=version.unit))
    assert all(empty.values())


def test_what_article_75_3_leaves_out_is_not_printed(version):
    assert values(version, omitted=[5, "recipients"])[5] == NONE
    assert values(version, omitted=[5, "recipients"])[10] == NONE


def test_a_manual_file_says_nothing_of_a_manual_twin(version):
    version.processing, version.manual_twin = "manual", True
    assert values(version)[14] == NONE
    assert "manual_twin" not in missing(version)


@pytest.mark.parametrize("field", [f for c in [*CELLS, *INTERNAL] if c.required and not c.when for f in c.fields])
def test_a_required_cell_left_empty_is_named(version, field):
    if field in {"organ", "unit"}:
        setattr(version, f"{field}_id", None)
    else:
        setattr(version, field, None if FileVersion._meta.get_field(field).null else " ")
    assert list(missing(version)) == [field]


def test_conditional_cells_are_asked_for_only_when_they_apply(version):
    assert missing(version) == {}
    version.open_to_proposals = True
    assert list(missing(version)) == ["proposal_desk"]
    version.open_to_proposals = False
    LegalParameter.objects.filter(key="ordinance_sensitive.designated").update(value=True)
    assert list(missing(version)) == ["ordinance_sensitive"]


def test_a_difference_is_told_item_by_item(version, cast):
    new = FileVersion(organ=cast.mayor, unit=cast.tax, unit_label="区民部 税務課", **FILLED)
    new.items = "氏名\n生年月日\n住所\n所得\n森林環境税額"
    changed = [cell for cell in diff(version, new) if cell.changed]
    assert [cell.no for cell in changed] == [5]
    assert [(p.kind, p.text) for p in changed[0].parts] == [
        ("same", "氏名、生年月日、住所"),
        ("del", "個人番号"),
        ("same", "所得"),
        ("ins", "森林環境税額"),
    ]
    assert changed_fields(version, new) == ["items"]
    assert not any(cell.changed for cell in diff(None, new))


def test_internal_fields_differ_only_where_they_are_asked_for(version, cast):
    new = FileVersion(organ=cast.mayor, unit=cast.tax, unit_label="区民部 税務課", **{**FILLED, "persons": 360000})
    assert not any(cell.changed for cell in diff(version, new))
    (cell,) = [cell for cell in diff(version, new, internal=True) if cell.changed]
    assert (cell.old, cell.new) == ("350,000人", "360,000人")


def test_which_changes_need_a_notification_is_data(version, cast):
    new = FileVersion(organ=cast.mayor, unit=cast.tax, **{**FILLED, "remarks": "様式を改めた。"})
    assert needs_notification(None, new)
    assert not needs_notification(version, new)
    LegalParameter.objects.filter(key="filing.change_cells").update(value=["remarks"])
    assert needs_notification(version, new)
    assert needs_notification(version, new, date(2024, 4, 1))


SOME_ITEMS = st.lists(st.sampled_from("氏住番所税電"), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=SOME_ITEMS, new=SOME_ITEMS)
def test_the_parts_of_a_difference_rebuild_both_sides(old, new):
    parts = _list_parts(old, new)
    assert "、".join(p.text for p in parts if p.kind != "ins") == "、".join(old)
    assert "、".join(p.text for p in parts if p.kind != "del") == "、".join(new)


@pytest.mark.parametrize(("typed", "found"), [("ﾈﾘﾏ　区", "ネリマ 区"), ("ＡＢＣ１", "abc1"), ("𠮷田\n髙", "𠮷田 髙")])
def test_search_does_not_mind_width_or_case(typed, found):
    assert normalise(typed) == found
