"""From a button of a record to one verb: the form, its panel's block, and what happens when the verb says no.

Shared by the areas whose records are moved by buttons: notifications, requests, standing permissions, corrections.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nerima_privacy.activity.latest import last_entry
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web.forms import Form
from roles.models import Person

MOMENT = timedelta(seconds=30)
Data = Mapping[str, Any]
M = TypeVar("M", bound=Model)


class ActionForm(Form):
    """A form of one action; some look at the record. `stamp` says which state of it the page showed.

    A record has none where its status alone says what may still be done with it, as that of a right does.
    """

    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        self.subject = subject
        stamp = getattr(subject, "stamp", None)
        super().__init__(data, auto_id=auto_id, initial=None if stamp is None else {"stamp": stamp})
        if subject is not None and stamp is None:
            del self.fields["stamp"]

    def restamp(self, subject: Any) -> None:
        """What was typed, for a second look at what stands now."""
        kept = {name: self.data.get(name) for name in self.fields}
        for name, asked in self.fields.items():
            if isinstance(asked, forms.MultipleChoiceField) and hasattr(self.data, "getlist"):
                kept[name] = self.data.getlist(name)
        self.data = {**kept, "stamp": str(subject.stamp)} if "stamp" in self.fields else kept


@dataclass(frozen=True)
class Action:
    """One button. `moves` are the moves of the table it may take; `who` says in words who can do it.

    `verbs` are what it leaves in the record; `renamed` are facts of the verb that the form calls otherwise.
    """

    name: str
    label: str
    consequence: str
    moves: tuple[str, ...]
    form: type[ActionForm]
    call: Callable[[int, Data, Person], Any]
    can: Callable[[Person, Any], bool]
    who: Callable[[Any], str]
    verbs: tuple[str, ...]
    done: str
    danger: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Tried:
    """An action that did not happen: its form as it was typed."""

    action: Action
    form: ActionForm
    kept: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Button:
    """A button of a form: it posts the form to `url`."""

    label: str
    url: str
    kind: str = ""


@dataclass
class Block:
    """A form with its buttons and the consequence in a sentence; `folded` hides it under its label."""

    form: ActionForm
    buttons: list[Button]
    consequence: str
    label: str = ""
    folded: bool = False


def named(actions: Sequence[Action]) -> dict[str, Action]:
    """The actions of a record by name."""
    return {action.name: action for action in actions}


def block_of(
    subject: Any, actions: Sequence[Action], url: Callable[[Action], str], tried: Tried | None, *, folded: bool
) -> Block:
    """One form with a button for each action; the first is the primary one unless the block is folded."""
    mine = tried.form if tried and tried.action in actions else None
    first = actions[0]

    def kind(action: Action) -> str:
        return "no" if action.danger else "go" if action is first and not folded else ""

    return Block(
        form=mine or first.form(subject=subject, auto_id=f"{first.name}-%s"),
        buttons=[Button(action.label, url(action), kind(action)) for action in actions],
        consequence=first.consequence,
        label=first.label,
        folded=folded and mine is None,
    )


def pressed(
    request: PersonRequest,
    find: Callable[[], Any],
    action: Action,
    page: Callable[[Any, Person, Tried | None], dict[str, Any]],
    template: str,
) -> HttpResponse:
    """Answer a button that was pressed: one verb, then the record; or its page with what did not happen.

    `find` looks the record up by the reader's door, `page` is what `template` is given to print. PermissionDenied where
    the action is not the reader's.
    """
    found = find()
    if not action.can(request.user, found):
        raise PermissionDenied
    form = action.form(request.POST, subject=found, auto_id=f"{action.name}-%s")
    status = _press(request, found, action, form)
    if status == 302:
        return redirect(found)
    shown = find()
    tried = _not_done(action, form, shown, status)
    return render(request, template, page(shown, request.user, tried), status=status)


def _press(request: PersonRequest, subject: Any, action: Action, form: ActionForm) -> int:
    """Do it: 302 when it happened, 422 when something is missing, 409 when somebody was first."""
    if not form.is_valid():
        return 422
    try:
        action.call(subject.pk, form.cleaned_data, request.user)
    except Invalid as invalid:
        form.take(Invalid({action.renamed.get(name, name): text for name, text in invalid.errors.items()}))
        return 422
    except MoveRefused as refused:
        if not _clicked_twice(subject, action, request.user):
            messages.error(request, str(refused))
            return 409
    messages.success(request, action.done)
    return 302


def _clicked_twice(subject: Any, action: Action, user: Person) -> bool:
    """Whether the last thing that happened is this very action by this very person, a moment ago."""
    last = last_entry(subject)
    if last is None or last.actor_id != user.pk or last.verb not in action.verbs:
        return False
    return last.at >= timezone.now() - MOMENT


def _not_done(action: Action, form: ActionForm, shown: Any, status: int) -> Tried:
    """What did not happen; where somebody was first, for the record as it stands and with what was typed to copy."""
    if status != 409:
        return Tried(action, form)
    kept = _typed(form)
    form.restamp(shown)
    return Tried(action, form, kept)


def _typed(form: ActionForm) -> list[tuple[str, str]]:
    return [
        (str(bound.label), str(bound.value()))
        for bound in form
        if bound.value() and not bound.is_hidden and not isinstance(bound.field, forms.ChoiceField)
    ]


Facts = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """What a form made, or how it is shown again: 422 what was typed is wrong, 409 somebody came first."""

    of: Any = None
    status: int = 200

    @property
    def done(self) -> bool:
        """Whether something was made, now or by the first of two clicks."""
        return self.of is not None


def write(
    request: PersonRequest,
    form: Any,
    verb: Callable[[Facts], Any],
    already: Callable[[Facts], Any] | None = None,
    success: str = "",
) -> Written:
    """Do one verb with what was typed, keeping that where it says no.

    `already` finds what this very page made a moment before: a second click on a button leads where the first led.
    """
    if request.method != "POST":
        return Written()
    if not form.is_valid():
        return Written(status=422)
    facts = dict(form.cleaned_data)
    try:
        made = verb(dict(facts))
    except Invalid as invalid:
        form.take(invalid)
        return Written(status=422)
    except MoveRefused as refused:
        made = already(facts) if already else None
        if made is None:
            form.add_error(None, str(refused))
            return Written(status=409)
    if success:
        messages.success(request, success)
    return Written(made)


def by_token(rows: QuerySet[M], **owner: Person) -> Callable[[Facts], M | None]:
    """For `write`: the one of `rows` that this page has made for this person, by the token of its form."""

    def made(facts: Facts) -> M | None:
        token = facts.get("token")
        return rows.filter(form_token=token, **owner).first() if token else None

    return made
