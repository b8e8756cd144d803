"""What a rule says, and the people and pages that the rules of several areas name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

EVERYONE = "everyone logged in"
PUBLIC = "also without a login"
WARD_READERS = {"chief", "disclosure_manager", "disclosure_staff"}


@dataclass(frozen=True)
class Rule:
    """`arguments(world, side)` fills the address; `may` and `knows` answer the names of people for a side.

    `methods`: which requests the address takes. `refused` is what people get who neither may nor know: 404 for things
    of a unit, 403 for pages that are nobody's thing.
    """

    may: Any = EVERYONE
    knows: Callable[..., set[str]] = field(default=lambda world, side: set())
    arguments: Callable[..., list[Any]] = field(default=lambda world, side: [])
    methods: tuple[str, ...] = ("get",)
    data: Callable[..., dict[str, Any]] = field(default=lambda world: {})
    refused: int = 403
    sided: bool = False
    notes_refusals: bool = False  # a refused attempt to open a file is itself on record

    def form(self, world):
        """What is sent along."""
        return self.data(world)

    def allowed(self, world, side):
        """The names of those who may, or None for everybody."""
        if self.may in (EVERYONE, PUBLIC):
            return None
        return self.may(world, side) if callable(self.may) else set(self.may)


def readers(side):
    """Who knows of a notification once it is filed, and of a file once it was; who examines the unit among them."""
    return side.staff | side.writers | side.above | WARD_READERS | side.examiners


def file(may, which="held", methods=("get",), more=(), knows=None, **extra):
    """A page or verb of one file."""
    return Rule(
        may=may,
        knows=knows or (lambda world, side: readers(side)),
        arguments=lambda world, side: [side.files[which].pk, *more],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def asker(world, side):
    return {side.asker}


def looking(world, side):
    """Who looks into what a file holds: the unit's seats, and who examines it."""
    return side.writers | side.examiners


def writers(world, side):
    return set(side.writers)


def seat(world, side):
    return {"manager"} if side is world.own else {"principal"}


def overseers(world, side):
    """Who answers for the unit: not its staff without a seat."""
    return readers(side) - side.staff


def unit(world, side):
    return [side.unit.code]


WRITERS = {
    "manager", "officer", "second_officer", "neighbour", "acting", "dual", "principal", "school_officer",
    "other_principal", "disclosure_manager", "disclosure_officer",
}  # fmt: skip
