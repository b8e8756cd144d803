"""The table: for each URL name who may, who may know of the thing (403), and for whom it does not exist (404)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

EVERYONE = "everyone logged in"
PUBLIC = "also without a login"
WARD_READERS = {"chief", "disclosure_manager", "disclosure_staff"}
DISCLOSURE = {"disclosure_manager", "disclosure_staff"}
ADMINS = {"administrator", "superuser"}


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
    data: dict[str, Any] = field(default_factory=dict)
    refused: int = 403
    sided: bool = False

    def allowed(self, world, side):
        """The names of those who may, or None for everybody."""
        if self.may in (EVERYONE, PUBLIC):
            return None
        return self.may(world, side) if callable(self.may) else set(self.may)


def readers(side):
    """Who knows of a notification once it is filed, and of a file once it was."""
    return side.staff | side.writers | side.above | WARD_READERS


def knowing(state):
    """Who knows of a notification in `state`."""

    def names(world, side):
        if state == "draft":
            return set(side.writers)
        if state == "submitted":
            schools_superior = {"chief"} if side.unit.is_school else set()
            return side.writers | side.above | schools_superior
        return readers(side)

    return names


def filing(may, state="filed", methods=("post",), **extra):
    """A page or verb of one notification in a state."""
    return Rule(
        may=may,
        knows=knowing(state),
        arguments=lambda world, side: [side.filings[state].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


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


def writers(world, side):
    return set(side.writers)


def seat(world, side):
    return {"manager"} if side is world.own else {"principal"}


def all_readers(world, side):
    return readers(side)


def overseers(world, side):
    """Who answers for the unit: not its staff without a seat."""
    return readers(side) - side.staff


def disclosure(world, side):
    return set(DISCLOSURE)


def disclosure_manager(world, side):
    return {"disclosure_manager"}


def run(world, side):
    return [world.run.pk]


IMPORTERS = {"administrator", "disclosure_manager", "disclosure_staff"}
BOARD = {
    "chief", "department_manager", "two_seats", "manager", "officer", "second_officer", "neighbour", "acting", "dual",
    "principal", "school_officer", "other_principal", "disclosure_manager", "disclosure_staff", "disclosure_officer",
}  # fmt: skip

RULES: dict[str, Rule] = {
    # the shell
    "login": Rule(PUBLIC),
    "demo-login": Rule(PUBLIC, methods=("post",), refused=404),
    "logout": Rule(methods=("post",)),
    "password": Rule(methods=("get", "post")),
    "password-done": Rule(),
    "keep-alive": Rule(methods=("post",)),
    "choose-post": Rule(methods=("post",)),
    "report-accident": Rule(),
    "desk": Rule(),
    "board": Rule(BOARD),
    "board-findings": Rule(BOARD),
    "board-export": Rule(BOARD),
    "search:results": Rule(),
    "inbox:list": Rule(),
    "inbox:read-all": Rule(methods=("post",)),
    "inbox:open": Rule({"manager"}, arguments=lambda world, side: [world.notice.pk], methods=("post",), refused=404),
    # imports
    "imports:list": Rule(IMPORTERS),
    "imports:upload": Rule({"administrator"}, arguments=lambda world, side: ["ward"], methods=("get", "post")),
    "imports:template": Rule({"administrator"}, arguments=lambda world, side: ["ward"]),
    "imports:detail": Rule({"administrator"}, arguments=run, refused=404),
    "imports:state": Rule({"administrator"}, arguments=run, refused=404),
    "imports:problems": Rule({"administrator"}, arguments=run, refused=404),
    "imports:commit": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
    "imports:discard": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
}
