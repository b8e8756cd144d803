"""Objects of a model among the readings of `together`, as `select_related` and `only` would bring them."""

from collections.abc import Callable
from typing import Any

from django.db.models import DEFERRED, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

from nerima_privacy.web.together import Reading, Row

Part = tuple[type[Model], Any, list[int | None]]


def objects(rows: QuerySet[Any], *fields: str) -> Reading:
    """Objects of the rows with these fields and those of relations (`unit__name`).

    Anything else is read when it is asked for, as with `only`.
    """
    columns = ["pk"]
    for name in fields:
        above = name.split(LOOKUP_SEP)[:-1]
        columns += [LOOKUP_SEP.join(above[: n + 1]) for n in range(len(above))]
        columns.append(name)
    unique = list(dict.fromkeys(columns))
    return Reading(rows.order_by(), tuple(unique), _maker(rows.model, unique))


def _maker(model: type[Model], columns: list[str]) -> Callable[[Row], Any]:
    above = {name.rpartition(LOOKUP_SEP)[0] for name in columns}
    parts = {prefix: _part(model, prefix, columns) for prefix in sorted(above)}  # a relation after what it hangs on
    keys = {prefix: columns.index(prefix or "pk") for prefix in parts}

    def make(row: Row) -> Any:
        made: dict[str, Any] = {}
        for prefix, (of, link, places) in parts.items():
            known = row[keys[prefix]] is not None
            made[prefix] = _instance(of, [DEFERRED if p is None else row[p] for p in places]) if known else None
            whole = made[prefix.rpartition(LOOKUP_SEP)[0]]
            if prefix and whole is not None:
                link.set_cached_value(whole, made[prefix])
        return made[""]

    return make


def _part(model: type[Model], prefix: str, columns: list[str]) -> Part:
    """The model a prefix leads to, the relation that leads there, and where in a row each of its fields stands."""
    link: Any = None
    for name in prefix.split(LOOKUP_SEP) if prefix else []:
        link = model._meta.get_field(name)
        model = link.related_model
    start = f"{prefix}{LOOKUP_SEP}" if prefix else ""
    places = {name: place for place, name in enumerate(columns)}

    def place(field: Any) -> int | None:
        if field.primary_key:
            return places[prefix or "pk"]
        return places.get(f"{start}{field.name}", places.get(f"{start}{field.attname}"))

    return model, link, [place(field) for field in model._meta.concrete_fields]


def _instance(model: type[Model], values: list[Any]) -> Model:
    made = model(*values)
    made._state.adding, made._state.db = False, "default"
    return made
