"""What an act needs, by class; the unit's stricter rules; standing permissions and their uses (第12条)."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from files_registry.access.effective import rights_of
from files_registry.catalogue.models import FileVersion
from files_registry.handling import standing, workflow
from files_registry.handling.acts import Act, Level
from files_registry.handling.listing import standing_lines, standing_list
from files_registry.handling.models import HandlingRequest, StandingPermission, UnitRules
from files_registry.handling.requirements import level_of
from files_registry.handling.ruling import mark
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry.handling import making

pytestmark = pytest.mark.article("12-1")


def of_class(cast, code):
    file = making.file(cast)
    FileVersion.objects.filter(pk=file.current_id).update(confidentiality=code)
    file.current.confidentiality = code
    return file


@pytest.mark.parametrize(
    ("code", "act", "level"),
    [("3a", "copy", "each"), ("3b", "copy", "standing"), ("3c", "copy", "note"), ("1", "take_out", "note")],
)
def test_the_ward_says_what_an_act_needs_by_class(cast, code, act, level):
    assert level_of(of_class(cast, code), act) == level


@pytest.mark.parametrize("code", ["", "gone"])
def test_without_a_known_class_permission_is_needed_each_time(cast, code):
    assert {level_of(of_class(cast, code), act) for act in Act} == {Level.EACH}


def test_what_only_needs_noting_is_allowed_at_once_and_opens_nothing(cast):
    of_class(cast, "3c")
    request = making.submitted(cast, "copy")
    assert (request.status, request.basis, request.decided_by) == ("allowed", "noted", None)
    assert rights_of(cast.clerk, request.file) == set()


def test_a_unit_is_stricter_than_the_ward_and_never_looser(cast):
    file = of_class(cast, "3c")
    making.rules(cast, {"3c": {"copy": "standing", "send": "standing"}})
    assert level_of(file, "copy") == Level.STANDING
    assert UnitRules.objects.get().levels == {"3c": {"copy": "standing"}}, "what equals the floor is not kept"
    with pytest.raises(Invalid) as wrong:
        making.rules(cast, {"3b": {"send": "note"}})
    assert set(wrong.value.errors) == {"3b-send"}


def test_a_floor_raised_later_is_not_undercut_by_a_unit(cast):
    file = of_class(cast, "3c")
    making.rules(cast, {"3c": {"copy": "standing"}})
    row = LegalParameter.objects.get(key="handling.requirements")
    row.value["3c"]["copy"] = "each"
    row.save()
    assert level_of(file, "copy") == Level.EACH


def test_rules_end_the_day_before_the_next_begin(cast):
    first = making.rules(cast, {"3c": {"copy": "each"}}, valid_from=making.days(0))
    second = making.rules(cast, {"3c": {"copy": "standing"}}, valid_from=making.days(10))
    first.refresh_from_db()
    assert first.valid_to == making.days(9)
    file = of_class(cast, "3c")
    assert level_of(file, "copy", making.days(9)) == Level.EACH
    assert level_of(file, "copy", making.days(10)) == Level.STANDING
    with pytest.raises(Invalid, match="からの決まりがあります"):
        making.rules(cast, valid_from=making.days(5))
    again = making.rules(cast, {"3c": {"copy": "each"}}, valid_from=making.days(10))
    assert again.pk == second.pk
    assert again.history.count() == 2


def test_rules_from_a_page_that_somebody_overtook_are_refused(cast):
    seen = mark(making.rules(cast))
    making.rules(cast, {"3b": {"copy": "standing"}}, seen=seen)
    with pytest.raises(MoveRefused, match="ほかの人が決まりを定めました"):
        making.rules(cast, seen=seen)


def test_the_first_values_of_the_floor_cover_every_class_and_act():
    from nerima_privacy.law.seeds import CONFIDENTIALITY, REQUIREMENTS

    assert set(REQUIREMENTS) == {row["code"] for row in CONFIDENTIALITY}
    assert {frozenset(row) for row in REQUIREMENTS.values()} == {frozenset(Act.values)}


@pytest.mark.django_db
def test_an_administrator_cannot_name_an_act_or_level_there_is_not():
    from nerima_privacy.law.catalogue import problem

    value = parameter("handling.requirements")
    assert problem("handling.requirements", value) is None
    assert problem("handling.requirements", {"3a": {"copy": "each"}})
    assert problem("handling.requirements", {**value, "3a": {**value["3a"], "copy": "never"}})


def test_within_the_scope_it_is_allowed_at_once_counted_and_listed(cast):
    permission = making.standing_allowed(cast)
    request = making.under_standing(cast, permission)
    assert (request.status, request.basis, request.standing) == ("allowed", "standing", permission)
    assert request.decided_by is None
    assert rights_of(cast.second_clerk, request.file)
    assert request.grant.decided_by == cast.manager
    assert standing_lines(standing_list(cast.clerk)).get().used == 1
    assert list(permission.uses.all()) == [request]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"place": "自宅"}, "place"),
        ({"items": "氏名\n所得"}, "items"),
        ({"persons": 101}, "persons"),
        ({"encryption": "plain", "encryption_note": "庁内"}, "encryption"),
        ({"ends_on": making.days(91), "return_due_on": making.days(99)}, "ends_on"),
    ],
)
def test_outside_the_scope_it_is_refused_at_the_field_and_nothing_is_allowed(cast, data, field):
    permission = making.standing_allowed(cast)
    with pytest.raises(Invalid) as wrong:
        making.under_standing(cast, permission, **data)
    assert set(wrong.value.errors) == {field}
    assert HandlingRequest.objects.get().status == "draft"


@pytest.mark.parametrize("end", ["ended", "asked", "expired", "other_act"])
def test_what_does_not_stand_is_not_used(cast, end):
    permission = making.standing_allowed(cast)
    change = {"ended": {"status": "ended"}, "asked": {"status": "asked"}, "other_act": {"acts": ["take_out"]}}
    change["expired"] = {"valid_from": making.days(-9), "valid_to": making.days(-1)}
    StandingPermission.objects.filter(pk=permission.pk).update(**change[end])
    with pytest.raises(Invalid) as wrong:
        making.under_standing(cast, permission)
    assert "standing" in wrong.value.errors


def test_nobody_uses_what_the_same_person_allowed(cast):
    """The applicant never decides, not even through a standing permission."""
    permission = making.standing_allowed(cast)
    with pytest.raises(Invalid, match="あなたが許可した"):
        making.under_standing(cast, permission, "manager")


def test_where_permission_is_needed_each_time_a_standing_one_is_not_enough(cast):
    permission = making.standing_allowed(cast)
    making.rules(cast, {"3b": {"copy": "each"}})
    with pytest.raises(Invalid, match="その都度の許可が要ります"):
        making.under_standing(cast, permission)


def test_another_units_standing_permission_is_not_to_be_used(cast):
    permission = making.standing_allowed(cast)
    StandingPermission.objects.filter(pk=permission.pk).update(users_unit=cast.collection)
    permission.refresh_from_db()
    with pytest.raises(Invalid, match="使えません"):
        making.under_standing(cast, permission)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"valid_to": making.days(400)}, "valid_to"),
        ({"acts": []}, "acts"),
        ({"acts": ["send"]}, "recipients"),
        ({"places": ""}, "places"),
        ({"acts": ["fly"]}, "acts"),
        ({"acts": ["other"], "other_acts": " \n"}, "other_acts"),
        ({"acts": ["other"], "other_acts": "あ" * 1001}, "other_acts"),
        ({"other_acts": "立会い"}, "other_acts"),
    ],
)
def test_a_scope_says_all_it_must(cast, data, field):
    with pytest.raises(Invalid) as wrong:
        making.standing_asked(cast, **data)
    assert set(wrong.value.errors) == {field}


def test_the_managers_own_standing_permission_steps_up(cast):
    permission = making.standing_asked(cast, "manager")
    assert standing.allow(permission.pk, actor=cast.department_manager).decided_by == cast.department_manager


def test_the_database_refuses_a_standing_permission_allowed_by_its_applicant(cast):
    permission = making.standing_asked(cast)
    with pytest.raises(IntegrityError, match="standing_applicant_never_decides"), transaction.atomic():
        StandingPermission.objects.filter(pk=permission.pk).update(decided_by=cast.clerk)


def test_what_was_allowed_under_it_goes_on_after_it_ended(cast):
    permission = making.standing_allowed(cast)
    request = making.under_standing(cast, permission)
    standing.end(permission.pk, reason="事務をやめた。", actor=cast.manager)
    assert rights_of(cast.second_clerk, request.file)
    assert workflow.record_done(request.pk, done_on=making.days(0), actor=cast.second_clerk).status == "done"


WATCHED = "委託先の端末で立ち会って処理する"


def other_allowed(cast, **data):
    of_class(cast, "2")  # in 3b and 3c such an act needs permission each time
    scope = {"acts": ["copy", "other"], "other_acts": f"名簿の照合\n{WATCHED}", **data}
    return making.standing_allowed(cast, **scope)


def test_a_standing_permission_for_another_act_says_which_wherever_it_is_shown(cast, client):
    permission = other_allowed(cast)
    said = f"複製、その他の行為（名簿の照合、{WATCHED}）"
    assert permission.acts_label == said
    client.force_login(cast.second_clerk)
    draft = making.draft(cast, "other", "second_clerk", standing=permission)
    for url in (
        permission.get_absolute_url(),
        reverse("handling:standing-list"),
        reverse("handling:edit", args=[draft.pk]),
        draft.get_absolute_url(),
    ):
        assert said in client.get(url).content.decode(), url
    workflow.submit(draft.pk, actor=cast.second_clerk)
    paper = client.get(reverse("handling:request.pdf", args=[draft.pk]))
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert said in "".join(printed.split())
    assert WATCHED in client.get(permission.get_absolute_url()).content.decode()


@pytest.mark.parametrize("typed", [WATCHED, "名簿の照合", "委託先の端末で、立ち会って処理する", "名簿の廃棄"])
def test_only_the_act_it_names_is_allowed_under_it(cast, typed):
    permission = other_allowed(cast)
    draft = making.draft(cast, "other", "second_clerk", standing=permission, act_text=typed)
    if typed in permission.other_acts:
        assert workflow.submit(draft.pk, actor=cast.second_clerk).basis == "standing"
        return
    with pytest.raises(Invalid) as wrong:
        workflow.submit(draft.pk, actor=cast.second_clerk)
    assert set(wrong.value.errors) == {"act_text"}
    assert f"「名簿の照合」「{WATCHED}」のどれか" in wrong.value.errors["act_text"]
    assert HandlingRequest.objects.get().status == "draft"


def test_one_from_before_acts_were_named_covers_none(cast):
    permission = other_allowed(cast)
    StandingPermission.objects.filter(pk=permission.pk).update(other_acts="")
    permission.refresh_from_db()
    assert "内容の定めなし" in permission.acts_label
    with pytest.raises(Invalid) as wrong:
        making.submitted(cast, "other", "second_clerk", standing=permission)
    assert set(wrong.value.errors) == {"act_text"}


def test_what_the_act_is_is_asked_at_its_field_and_nothing_typed_is_lost(cast, client):
    file = making.file(cast)
    client.force_login(cast.clerk)
    facts = {**making.scope(acts=["other"]), "items": ["氏名", "住所"], "other_acts": "", "places": "作業室"}
    facts |= {"valid_from": making.days(0), "valid_to": making.days(30), "encrypted": "on"}
    answer = client.post(reverse("handling:standing-new", args=[file.pk]), facts)
    assert answer.status_code == 422
    assert "どのような行為か" in answer.context["form"].errors["other_acts"][0]
    assert "作業室" in answer.content.decode()
    assert not StandingPermission.objects.exists()
    answer = client.post(reverse("handling:standing-new", args=[file.pk]), facts | {"other_acts": WATCHED})
    assert answer.status_code == 302
    assert StandingPermission.objects.get().other_acts == WATCHED
