"""Each question, in the order of the articles, and what it leads to."""

import pytest

from files_registry.register.models import Ground
from files_registry.register.questions import Exemption, Facts, Rules, conclude

RULES = Rules(1000, (Exemption("74-2-3", "職員の人事"), Exemption("74-2-6", "1年以内に消去")))
LISTED = {"exemptions": ["none"], "subset": "no", "hamper": "no"}


def facts(**changes):
    return Facts(**{"under_act": True, "organ_name": "練馬区長", "persons": 5000, "manual": False, **changes})


def test_a_file_no_ground_applies_to_is_listed():
    conclusion = conclude(facts(), LISTED, RULES)
    assert conclusion.listed is True
    assert conclusion.steps[0].article == "法第2条第11項第2号"


@pytest.mark.parametrize(("persons", "listed"), [(0, False), (999, False), (1000, True), (1001, True)])
def test_the_boundary_lies_between_999_and_1000_persons(persons, listed):
    conclusion = conclude(facts(persons=persons), LISTED, RULES)
    assert conclusion.listed is listed
    assert conclusion.ground == ("" if listed else Ground.FEW_PERSONS)


def test_the_number_of_persons_is_data():
    rules = Rules(500, RULES.exemptions)
    assert conclude(facts(persons=499), LISTED, rules).listed is False
    assert conclude(facts(persons=500), LISTED, rules).listed is True


def test_unknown_persons_must_be_asked():
    conclusion = conclude(facts(persons=None), LISTED, RULES)
    assert conclusion.listed is None
    assert "保護責任者に確かめて" in conclusion.missing["persons"]
    assert conclude(facts(persons=None), {**LISTED, "persons": "few"}, RULES).ground == Ground.FEW_PERSONS
    assert conclude(facts(persons=None), {**LISTED, "persons": "enough"}, RULES).listed is True


def test_too_few_persons_needs_no_other_answer():
    assert conclude(facts(persons=10), {}, RULES).ground == Ground.FEW_PERSONS


@pytest.mark.parametrize("exemption", RULES.exemptions, ids=lambda e: e.code)
def test_each_item_of_article_74_keeps_the_file_off(exemption):
    conclusion = conclude(facts(persons=None), {"exemptions": [exemption.code]}, RULES)
    assert (conclusion.listed, conclusion.ground) == (False, exemption.code)
    assert conclusion.steps[-1].answer == exemption.label


def test_an_item_and_none_contradict_each_other():
    conclusion = conclude(facts(), {**LISTED, "exemptions": ["none", "74-2-3"]}, RULES)
    assert conclusion.listed is None
    assert "いっしょに選べません" in conclusion.missing["exemptions"]


def test_an_item_no_longer_in_force_is_refused():
    assert conclude(facts(), {**LISTED, "exemptions": ["74-2-8"]}, RULES).missing["exemptions"]


def test_the_council_stands_outside_the_act():
    conclusion = conclude(facts(under_act=False, organ_name="練馬区議会議長"), {}, RULES)
    assert (conclusion.listed, conclusion.ground) == (False, Ground.OUTSIDE_ACT)


def test_a_subset_needs_a_published_parent():
    answers = {**LISTED, "subset": "yes"}
    assert "記録されていません" in conclude(facts(), answers, RULES).missing["subset"]
    assert "載っていません" in conclude(facts(parent_name="親"), answers, RULES).missing["subset"]
    assert conclude(facts(parent_name="親", parent_published=True), answers, RULES).ground == Ground.SUBSET


def test_a_manual_file_is_not_exempt_as_such():
    assert conclude(facts(manual=True), {**LISTED, "manual_twin": "no"}, RULES).listed is True
    assert conclude(facts(manual=True), LISTED, RULES).missing["manual_twin"]


def test_a_manual_file_within_a_published_computerised_file_stays_off():
    answers = {**LISTED, "manual_twin": "yes"}
    parent = {"manual": True, "parent_name": "親", "parent_published": True}
    assert conclude(facts(**parent, parent_computerised=True), answers, RULES).ground == Ground.MANUAL_TWIN
    assert "電算処理ファイルではありません" in conclude(facts(**parent), answers, RULES).missing["manual_twin"]


def test_a_computerised_file_is_never_asked_for_a_manual_twin():
    assert conclude(facts(), {**LISTED, "manual_twin": "yes"}, RULES).listed is True


def test_the_whole_file_may_be_kept_off_when_listing_hampers_the_work():
    assert conclude(facts(), {**LISTED, "hamper": "whole"}, RULES).ground == Ground.HAMPER


def test_only_part_of_the_items_the_collection_and_the_recipients_may_be_left_out():
    partial = {**LISTED, "hamper": "partial"}
    two = facts(items=("氏名", "住所"))
    assert conclude(two, partial, RULES).missing["omitted_cells"]
    assert conclude(two, {**partial, "omitted_cells": [4]}, RULES).missing["omitted_cells"]
    assert conclude(two, {**partial, "omitted_cells": [10, 7]}, RULES).omitted == (7, 10)
    assert conclude(two, {**partial, "omitted_cells": [5]}, RULES).missing["omitted_items"]
    assert conclude(two, {**partial, "omitted_cells": [5], "omitted_items": [3]}, RULES).missing["omitted_items"]
    every = {**partial, "omitted_cells": [5], "omitted_items": [1, 2]}
    assert "すべては省けません" in conclude(two, every, RULES).missing["omitted_items"]
    assert conclude(two, {**partial, "omitted_cells": [5], "omitted_items": [2]}, RULES).omitted == (5,)


@pytest.mark.parametrize("name", ["exemptions", "subset", "hamper"])
def test_every_question_must_be_answered(name):
    answers = {key: value for key, value in LISTED.items() if key != name}
    conclusion = conclude(facts(), answers, RULES)
    assert conclusion.listed is None
    assert name in conclusion.missing
