"""The panel at the right of a record: whose turn it is, and the buttons of the reader's rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from files_registry.catalogue.pressing import Action, Block, Button, Tried, block_of
from files_registry.handling.moves import WORDS, possible
from roles.models import Person


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

    def url(action: Action) -> str:
        return reverse(f"handling:{place}{action.name}", args=[subject.pk])

    panel = Panel(stage.title, stage.article, stage.lead)
    for group in stage.groups:
        fitting = [action for action in map(actions.__getitem__, group.names) if _fits(subject, action)]
        can = [action for action in fitting if action.can(user, subject)]
        if can:
            panel.blocks.append(block_of(subject, can, url, tried, folded=group.folded))
            panel.mine = panel.mine or not group.folded
        elif fitting and not group.folded:
            panel.refused.append(f"{WORDS[fitting[0].moves[0]]}ことができるのは、{fitting[0].who(subject)}です。")
    return panel


def _fits(subject: Any, action: Action) -> bool:
    """Whether it can start from where the record is."""
    return any(possible(subject, move) for move in action.moves)
