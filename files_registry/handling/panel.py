"""The panel at the right of a record: whose turn it is, and the buttons of the reader's rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from files_registry.handling.actions import Action
from files_registry.handling.forms import ActionForm
from roles.models import Person


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


@dataclass(frozen=True)
class Group:
    """Actions that share one form, the first the primary one; `folded` are those hidden under their label."""

    names: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class Stage:
    """What a state of a record is called in the panel, and what may be done from it."""

    title: str
    article: str
    groups: tuple[Group, ...]
    lead: str = ""


@dataclass
class Tried:
    """An action that did not happen: its form as it was typed."""

    action: Action
    form: ActionForm
    kept: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Panel:
    """What the reader may do now. `refused` says of each other action who can do it; `links` lead to pages."""

    title: str = ""
    article: str = ""
    lead: str = ""
    mine: bool = False
    blocks: list[Block] = field(default_factory=list)
    links: list[Button] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def panel_of(
    subject: Any,
    user: Person,
    stage: Stage | None,
    actions: Mapping[str, Action],
    place: str,
    tried: Tried | None = None,
) -> Panel:
    """The panel for `user`; `place` names the addresses of the actions: `handling:{place}{name}`."""
    if stage is None:
        return Panel()
    panel = Panel(stage.title, stage.article, stage.lead)
    for group in stage.groups:
        fitting = [actions[name] for name in group.names if actions[name].fits(subject)]
        can = [action for action in fitting if action.can(user, subject)]
        if can:
            panel.blocks.append(_block(subject, can, place, tried, folded=group.folded))
            panel.mine = panel.mine or not group.folded
        elif fitting and not group.folded:
            panel.refused.append(f"{fitting[0].label}ことができるのは、{fitting[0].who(subject)}です。")
    return panel


def _block(subject: Any, actions: Sequence[Action], place: str, tried: Tried | None, *, folded: bool) -> Block:
    mine = tried.form if tried and tried.action in actions else None
    form = mine or actions[0].form(subject=subject, auto_id=f"{actions[0].name}-%s")
    return Block(
        form=form,
        buttons=[
            _button(subject, action, place, primary=not index and not folded) for index, action in enumerate(actions)
        ],
        consequence=actions[0].consequence,
        label=actions[0].label,
        folded=folded and mine is None,
    )


def _button(subject: Any, action: Action, place: str, *, primary: bool) -> Button:
    kind = "no" if action.danger else "go" if primary else ""
    return Button(action.label, reverse(f"handling:{place}{action.name}", args=[subject.pk]), kind)
