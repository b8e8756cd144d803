"""Pages that say who administers a system (第5条第4項). Each door is one of `policies`; what happens is a verb."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from files_registry.catalogue.pressing import Facts, write
from files_registry.systems import policies, workflow
from files_registry.systems.administering import TOO_LATE, can_be_withdrawn
from files_registry.systems.forms import AdministratorForm, EndAdministratorForm, WithdrawAdministratorForm
from files_registry.systems.models import InformationSystem, SystemAdministrator
from files_registry.systems.presenters import period
from files_registry.systems.views import managed, one_form, read_or_write
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.idle import asked_while_typing
from roles.picker_views import people_suggested


@read_or_write
def name_administrator(request: PersonRequest, pk: int) -> HttpResponse:
    """Name who administers the system; whoever did ends the day before, or was named by mistake (第5条第4項)."""
    found = managed(request, pk)
    last = _last(found)
    initial = {"valid_from": today(), "seen": last.pk if last else 0}
    form = AdministratorForm(request.POST or None, initial=initial, mistaken=can_be_withdrawn(last))

    def name(facts: Facts) -> SystemAdministrator:
        return workflow.name_administrator(pk, person_pk=facts.pop("person").pk, **facts, actor=request.user)

    def already(facts: Facts) -> SystemAdministrator | None:
        same = {"person": facts["person"], "valid_from": facts["valid_from"], "named_by": request.user}
        return found.administrators.standing().filter(**same).first()

    made = write(request, form, name, already, "管理者を登録しました。")
    if made.done:
        return redirect(found)
    before = (
        f"いまの登録は{last.person.name}さんで、はじまりの前の日に終わります。" if last and not last.valid_to else ""
    )
    lead = f"情報システムを管理し、保護責任者と連携する人です。{before}"
    return one_form(
        request, found, form, {"title": "管理者を登録する", "action": "登録する", "lead": lead}, made.status
    )


@read_or_write
def end_administrator(request: PersonRequest, pk: int) -> HttpResponse:
    """End the administrator without a successor (第5条第4項)."""
    found = managed(request, pk)
    last = _last(found)
    initial = {"last_day": today(), "seen": last.pk if last else 0}
    form = EndAdministratorForm(request.POST or None, initial=initial)
    verb = partial(workflow.end_administrator, pk, actor=request.user)

    def already(facts: Facts) -> SystemAdministrator | None:
        return found.administrators.standing().filter(pk=facts["seen"], valid_to=facts["last_day"]).first()

    made = write(request, form, lambda facts: verb(**facts), already, "管理者の登録を終えました。")
    if made.done:
        return redirect(found)
    who = f"{last.person.name}さんの登録を終えます。" if last else ""
    lead = (
        f"{who}後任がいるときは「管理者を登録する」で、あわせて終えられます。管理者のいない間は、義務の一覧に出ます。"
    )
    words = {"title": "管理者の登録を終える", "action": "登録を終える", "lead": lead, "danger": "1"}
    return one_form(request, found, form, words, made.status)


@read_or_write
def withdraw_administrator(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a naming that was a mistake, on the day it was written (第5条第4項)."""
    found = managed(request, pk)
    last = _last(found)
    form = WithdrawAdministratorForm(request.POST or None, initial={"seen": last.pk if last else 0})
    verb = partial(workflow.withdraw_administrator, pk, actor=request.user)

    def already(facts: Facts) -> SystemAdministrator | None:
        return found.administrators.filter(pk=facts["seen"], withdrawn_by=request.user).first()

    made = write(request, form, lambda facts: verb(**facts), already, "管理者の登録を取り消しました。")
    if made.done:
        return redirect(found)
    words = {"title": "管理者の登録を取り消す", "action": "登録を取り消す", "lead": _loses(last), "danger": "1"}
    return one_form(request, found, form, words, made.status)


@asked_while_typing
@never_cache
@require_POST
def pick_person(request: PersonRequest) -> HttpResponse:
    """People by name, kana or number, for those who name administrators; by POST, no log has it (第5条第4項)."""
    if not policies.can_look_people_up(request.user):
        raise PermissionDenied
    return people_suggested(request.POST.get("q", ""))


def _last(found: InformationSystem) -> Any:
    """The last who was named and stands."""
    return found.administrators.standing().select_related("person", "replaced__person").first()


def _loses(last: SystemAdministrator | None) -> str:
    """What the withdrawal does, in words."""
    if last is None or not can_be_withdrawn(last):
        return f"いま、取り消すことのできる登録はありません。{TOO_LATE}"
    goes_on = (
        f"前の管理者（{last.replaced.person.name}さん）の登録が、途切れずに続きます。"
        if last.replaced
        else "この情報システムに、管理者の登録がなくなります。"
    )
    return (
        f"{last.person.name}さん（{period(last.valid_from, last.valid_to)}）の登録は誤りだったものとして取り消します。"
        f"{goes_on}取り消した登録と理由は、記録に残ります。"
    )
