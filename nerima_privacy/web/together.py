"""Many small reads in one query, so that what a page asks does not grow with the number of those who ask.

Whoever wants rows is written as a generator: it yields the readings it wants, gets their rows back in the same order,
and returns its answer. `together` lets many of them go side by side and puts the readings of each step to the database
as one UNION ALL. Columns of a kind share their place in it; what a reading has no column for is NULL there.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    Field,
    ForeignKey,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable, Expression

Row = tuple[Any, ...]
Rows = list[Any]  # of Row, or of what `Reading.make` makes of one
T = TypeVar("T")
Asking = Generator[Sequence["Reading"], list[Rows], T]

KINDS: "dict[str, Field[Any, Any]]" = {
    "number": BigIntegerField(),
    "text": TextField(),
    "moment": DateTimeField(),
    "day": DateField(),
    "truth": BooleanField(),
}
# In this order: a moment is a DateField too.
BASES: "dict[str, tuple[type[Field[Any, Any]], ...]]" = {
    "number": (IntegerField, ForeignKey),
    "text": (CharField, TextField),
    "moment": (DateTimeField,),
    "day": (DateField,),
    "truth": (BooleanField,),
}


class Nothing(Expression):
    """NULL of a kind, which PostgreSQL has to be told. Nothing to resolve: a union of many readings holds hundreds."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Nothing":
        return self

    def get_group_by_cols(self) -> list[Any]:
        return []

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return f"CAST(NULL AS {self.output_field.cast_db_type(connection)})", ()


NOTHING = {kind: Nothing(output_field=field) for kind, field in KINDS.items()}


@dataclass(frozen=True, eq=False)
class Reading:
    """Rows that are wanted, without order: their columns are numbers, texts, days, moments and truths.

    `rows` is neither ordered nor cut, for SQLite takes neither in a union; whoever needs an order sorts. The same
    reading, yielded by several, is read once.
    """

    rows: QuerySet[Any]
    columns: tuple[str | Combinable | Exists, ...]
    make: Callable[[Row], Any] | None = None


def reading(rows: QuerySet[Any], *columns: str | Combinable | Exists) -> Reading:
    """The columns of each row; a name of a field, also through relations, or an expression."""
    return Reading(rows.order_by(), columns)


def counted(rows: QuerySet[Any], by: str) -> Reading:
    """(value of `by`, how many rows have it)."""
    return Reading(rows.order_by().values(by).annotate(how_many=Count("pk")), (by, "how_many"))


def how_many(rows: QuerySet[Any]) -> Reading:
    """The number of rows, to be had by `number`."""
    whole = rows.order_by().annotate(whole=Value(1)).values("whole")
    return Reading(whole.annotate(how_many=Count("pk")), ("how_many",))


def number(rows: Rows) -> int:
    """What `how_many` brought: no row at all is none."""
    return sum(many for (many,) in rows)


Known = dict[Reading, Rows]


def together(asked: Sequence[Asking[T]], known: Known | None = None) -> list[T]:
    """The answer of each, in one query for each step the longest of them takes.

    `known` holds what was read before and takes in what is read now.
    """
    known = {} if known is None else known
    answers: dict[int, T] = {}
    wanted: dict[int, Sequence[Reading]] = {}

    def go_on(place: int, rows: Any) -> None:
        try:
            wanted[place] = asked[place].send(rows)
        except StopIteration as answer:
            answers[place] = answer.value

    for place in range(len(asked)):
        go_on(place, None)
    while wanted:
        step, wanted = wanted, {}
        known |= _read(dict.fromkeys(one for readings in step.values() for one in readings if one not in known))
        for place, readings in step.items():
            go_on(place, [known[one] for one in readings])
    return [answers[place] for place in range(len(asked))]


def ask(asking: Asking[T]) -> T:
    """The answer of one alone."""
    return together([asking])[0]


def read(readings: Sequence[Reading]) -> list[Rows]:
    """The rows of each reading, in one query."""
    found = _read(dict.fromkeys(readings))
    return [found[one] for one in readings]


def _read(readings: Iterable[Reading]) -> Known:
    new = list(readings)
    found: Known = {one: [] for one in new}
    if not new:
        return found
    if len(new) == 1:
        return {new[0]: _alone(new[0])}
    members, places = _members(new)
    rows = members[0].union(*members[1:], all=True) if len(members) > 1 else members[0]
    for number, group in groupby(rows, itemgetter(0)):
        pick = places[number]
        own = (tuple([row[place] for place in pick]) for row in group)
        found[new[number]] += map(make, own) if (make := new[number].make) else own
    return found


def _alone(one: Reading) -> Rows:
    """The rows of a reading that has nothing beside it: there are no columns to be shared."""
    named = {f"column_{n}": _column(c) for n, c in enumerate(one.columns)}
    annotated = one.rows.annotate(**named)
    _kinds(annotated, len(named))  # refuses the same columns, whether read alone or beside others
    rows = annotated.values_list(*named)
    return list(map(one.make, rows) if one.make else rows)


def _members(readings: Sequence[Reading]) -> tuple[list[QuerySet[Any]], list[list[int]]]:
    """The readings brought to the same columns, and at which places of a row the own columns of each stand."""
    named = [one.rows.annotate(**{f"column_{n}": _column(c) for n, c in enumerate(one.columns)}) for one in readings]
    kinds = [_kinds(rows, len(one.columns)) for rows, one in zip(named, readings, strict=True)]
    slots = [(kind, n) for kind in KINDS for n in range(max(of.count(kind) for of in kinds))]
    members, places = [], []
    for number, (rows, of) in enumerate(zip(named, kinds, strict=True)):
        own = {(kind, of[:n].count(kind)): f"column_{n}" for n, kind in enumerate(of)}
        empty = {f"no_{kind}_{n}": NOTHING[kind] for kind, n in slots if (kind, n) not in own}
        member = rows.annotate(which_reading=Value(number, IntegerField()), **empty)
        members.append(member.values_list("which_reading", *(own.get(s, f"no_{s[0]}_{s[1]}") for s in slots)))
        places.append([1 + slots.index(slot) for slot in own])
    return members, places


def _column(column: str | Combinable | Exists) -> Combinable | Exists:
    return F(column) if isinstance(column, str) else column


def _kinds(rows: QuerySet[Any], many: int) -> list[str]:
    """Of which kind each column is. LookupError for one that none of KINDS can hold, such as JSON."""
    found = []
    for n in range(many):
        field = rows.query.annotations[f"column_{n}"].output_field
        kinds = [kind for kind, base in BASES.items() if isinstance(field, base)]
        if not kinds:
            raise LookupError(
                f"{rows.model.__name__}: a column of {type(field).__name__} has no place among {[*KINDS]}"
            )
        found.append(kinds[0])
    return found
