"""Where システム管理者 let a seat change hands, move a person and merge units. Everybody else is refused."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nerima_privacy.web.verbs import run
from roles import policies, transfers, workflow
from roles.administrator_forms import ActingForm, MergerForm, SuccessorForm, TransferForm
from roles.forms import EndForm
from roles.models import Appointment, Person
from roles.presenters import article_name, seat_line
from roles.seats import RULES, Seat

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def _verb_page(request, form, act, *, success, back, **words):
    """Show the form; when it is filled in, do the verb and go back."""
    if (
        request.method == "POST"
        and form.is_valid()
        and run(request, lambda: act(form.cleaned_data), success=success, form=form)
    ):
        return redirect(back)
    context = {"form": form, "back": back, **words}
    return render(request, "roles/verb_form.html", context, status=422 if form.is_bound else 200)


def _seat(request, pk):
    """An appointment the person may change, and the page it belongs to."""
    row = get_object_or_404(Appointment.objects.select_related("unit", "person"), pk=pk)
    if row.seat == Seat.AUDIT_OFFICER or not policies.can_appoint(request.user, row.seat):
        raise PermissionDenied
    line = seat_line(row)
    words = {
        "article": article_name(RULES[Seat(row.seat)].article),
        "lead": f"{row.label}　いまの人：{row.person.name}（{line.period}）",
        "back": reverse("units:detail", args=[row.unit.code]) if row.unit else reverse("units:list"),
    }
    return row, words


@reads_and_posts
def succeed(request, pk):
    """Appoint a successor; the holder's period ends the day before."""
    row, words = _seat(request, pk)

    def act(facts):
        person = facts.pop("person")
        workflow.appoint(
            seat=row.seat, unit_id=row.unit_id, person_id=person.pk, succeed=True, **facts, actor=request.user
        )

    initial = {"security_post": row.security_post}
    return _verb_page(
        request,
        SuccessorForm(request.POST or None, initial=initial),
        act,
        success="後任を任命しました。前任者と後任者にお知らせを送りました。",
        heading="後任を任命する",
        button="後任を任命する",
        consequence="前任者の役割は就任日の前日で終わり、権限もなくなります。",
        **words,
    )


@reads_and_posts
def appoint_acting(request, pk):
    """Let another person hold the seat for a while."""
    row, words = _seat(request, pk)

    def act(facts):
        person = facts.pop("person")
        workflow.appoint_acting(seat=row.seat, unit_id=row.unit_id, person_id=person.pk, **facts, actor=request.user)

    return _verb_page(
        request,
        ActingForm(request.POST or None),
        act,
        success="職務代理を置きました。本人と代理する人にお知らせを送りました。",
        heading="職務代理を置く",
        button="職務代理を置く",
        consequence="代理の期間は、代理する人だけがこの役割を行います。終わった翌日に本人に戻ります。",
        **words,
    )


@reads_and_posts
def end_appointment(request, pk):
    """End an appointment; with yesterday as its last day the rights go at once."""
    row, words = _seat(request, pk)
    return _verb_page(
        request,
        EndForm(request.POST or None),
        lambda facts: workflow.end_appointment(row.pk, **facts, actor=request.user),
        success="役割を終えました。本人にお知らせを送りました。",
        heading="役割を終える",
        button="役割を終える",
        danger=True,
        consequence="後任がいなければ欠員になります。まだ始まっていない任命は取り消されます。",
        **words,
    )


@reads_and_posts
def transfer(request, pk):
    """Move a person to another unit."""
    if not policies.can_administer(request.user):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=pk, is_active=True)

    def act(facts):
        unit = facts.pop("unit")
        transfers.transfer(person.pk, unit_id=unit.pk, **facts, actor=request.user)

    return _verb_page(
        request,
        TransferForm(request.POST or None),
        act,
        success="異動を登録しました。本人にお知らせを送りました。",
        heading="異動を登録する",
        button="異動を登録する",
        article="第2条第2項",
        lead=f"{person.name}さん（{person.staff_number}）",
        consequence="いまの所属と、その組織の役割は発令日の前日で終わり、権限もなくなります。区全体の役割は続きます。",
        back=reverse("units:list"),
    )


@reads_and_posts
def merge(request, code):
    """Merge a unit into another."""
    unit = get_object_or_404(policies.visible_to(request.user), code=code)
    if not policies.can_administer(request.user):
        raise PermissionDenied

    def act(facts):
        into = facts.pop("into")
        transfers.merge_units([unit.pk], into_id=into.pk, **facts, actor=request.user)

    return _verb_page(
        request,
        MergerForm(request.POST or None),
        act,
        success="統合を登録しました。",
        heading="組織を統合する",
        button="統合を登録する",
        danger=True,
        article="第2条第2項",
        lead=f"{unit.full_name}を別の組織に統合します。",
        consequence="最後の日で組織・役割・所属が終わり、翌日から引き継ぐ組織の役割がファイルを扱います。",
        back=reverse("units:detail", args=[unit.code]),
    )
