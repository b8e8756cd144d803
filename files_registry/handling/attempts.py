"""From a form to one verb, keeping what was typed when the verb says no."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Model
from django.utils import timezone

from files_registry.handling.actions import Action
from files_registry.handling.forms import ActionForm
from nerima_privacy.activity.models import Entry
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

MOMENT = timedelta(seconds=30)
M = TypeVar("M", bound=Model)


def act(request: PersonRequest, subject: Any, action: Action, form: ActionForm) -> int:
    """Do it: 302 when it happened, 422 when something is missing, 409 when somebody was first."""
    if not form.is_valid():
        return 422
    try:
        action.call(subject.pk, form.cleaned_data, request.user)
    except Invalid as invalid:
        form.take(Invalid({action.renamed.get(name, name): text for name, text in invalid.errors.items()}))
        return 422
    except MoveRefused as refused:
        if _clicked_twice(subject, action, request.user):
            messages.success(request, action.done)
            return 302
        messages.error(request, str(refused))
        return 409
    messages.success(request, action.done)
    return 302


def _clicked_twice(subject: Any, action: Action, user: Person) -> bool:
    """Whether the last thing that happened is this very action by this very person, a moment ago."""
    entries = Entry.objects.filter(subject_type__app_label="files_registry", subject_id=subject.pk)
    last = entries.filter(subject_type__model=subject._meta.model_name).order_by("-pk").first()
    if last is None or last.actor_id != user.pk or last.verb not in action.verbs:
        return False
    return last.at >= timezone.now() - MOMENT


def typed(form: ActionForm) -> list[tuple[str, str]]:
    """What was typed into a form that will not be shown again, to copy from."""
    return [
        (str(bound.label), str(bound.value()))
        for bound in form
        if bound.value()
        and not bound.is_hidden
        and not isinstance(bound.field, django_forms.ChoiceField | django_forms.MultipleChoiceField)
    ]


def once(form: Any, model: type[M], owner: str, user: Person, verb: Callable[[], M]) -> M | None:
    """Begin a record from a page. A second click on the same button leads to the record the first one made."""
    try:
        return verb()
    except MoveRefused as refused:
        token = form.cleaned_data.get("token")
        made = model._default_manager.filter(form_token=token, **{owner: user}).first() if token else None
        if made is None:
            form.add_error(None, str(refused))
        return made
    except Invalid as invalid:
        form.take(invalid)
    return None
