"""Who and why stand on every history row, in single edits and in bulk."""

import pytest

from nerima_privacy.activity import history
from roles.models import Unit
from roles.people import system_actor
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db


def _newest(unit):
    return unit.history.first()


def test_an_attributed_save_names_who_and_why(cast):
    cast.tax.address = "練馬区1-1"
    history.attribute(cast.tax, actor=cast.administrator, reason="移転" * 100).save()
    assert (_newest(cast.tax).history_user, _newest(cast.tax).history_change_reason) == (
        cast.administrator,
        "移転" * 100,
    )


def test_a_change_of_a_set_names_who_and_why(cast):
    history.attribute(cast.closed_school, actor=cast.administrator, reason="統合")
    cast.closed_school.successors.add(cast.school)
    assert _newest(cast.closed_school).history_user == cast.administrator
    assert _newest(cast.closed_school).history_change_reason == "統合"


def test_saves_inside_a_block_are_attributed_but_the_objects_own_words_win(cast):
    with history.attributed(actor=cast.administrator, reason="年度替わり"):
        cast.tax.save()
        history.attribute(cast.collection, actor=cast.chief, reason="特に").save()
    cast.welfare.save()
    assert _newest(cast.tax).history_change_reason == "年度替わり"
    assert _newest(cast.collection).history_user == cast.chief
    assert _newest(cast.collection).history_change_reason == "特に"
    assert _newest(cast.welfare).history_change_reason is None


def test_what_nobody_is_named_for_was_done_by_the_system(cast):
    system = system_actor()
    cast.welfare.save()
    assert _newest(cast.welfare).history_user == system


def test_bulk_writing_leaves_history_as_single_edits_do(cast):
    made = history.create_many(
        Unit,
        [Unit(code=f"X{n}", name=f"新課{n}", organ=cast.mayor, valid_from=BEGIN) for n in range(3)],
        actor=cast.administrator,
        reason="4月1日の異動",
    )
    for unit in made:
        unit.address = "練馬区2-2"
    history.update_many(Unit, made, ["address"], actor=cast.chief, reason="移転")
    for unit in made:
        assert [(h.history_type, h.history_user, h.history_change_reason) for h in unit.history.all()] == [
            ("~", cast.chief, "移転"),
            ("+", cast.administrator, "4月1日の異動"),
        ]


def test_a_login_leaves_no_row_in_the_history_of_a_person(cast, client):
    before = cast.clerk.history.count()
    client.force_login(cast.clerk)
    cast.clerk.set_password("another-long-one")
    cast.clerk.save(update_fields=["password"])
    assert cast.clerk.history.count() == before
    cast.clerk.save()
    assert cast.clerk.history.count() == before + 1
