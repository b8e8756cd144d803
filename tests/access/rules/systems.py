"""Information systems and agreements (第5条第4項)."""

from tests.access.rules.building import WARD_READERS, WRITERS, Rule, asker, file, readers, seat, writers


def system(may=None, methods=("get",), more=lambda side: [], **extra):
    """A page or verb of one system: known to its unit's seats, the seats above, the ward's, and who administers it."""
    return Rule(
        may=may or system_readers,
        knows=system_readers,
        arguments=lambda world, side: [side.systems["system"].pk, *more(side)],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def agreed(may, which, methods=("post",)):
    """A page or verb of one agreement: its words are for the two sides and those who oversee them."""
    return Rule(
        may=may,
        knows=agreement_readers,
        arguments=lambda world, side: [side.systems[which].pk],
        methods=methods,
        refused=404,
        sided=True,
    )


def system_readers(world, side):
    return side.writers | side.above | WARD_READERS | {side.asker}


def agreement_readers(world, side):
    """Not 情報公開課: how files are guarded is no matter of their notification."""
    return side.writers | side.above | {"chief", side.asker}


def two_sides(world, side):
    return seat(world, side) | {side.asker}


RULES: dict[str, Rule] = {
    "systems:list": Rule(),
    "systems:export.xlsx": Rule(),
    "systems:new": Rule(WRITERS, methods=("get", "post")),
    "systems:pick": Rule(WRITERS, data=lambda world: {"q": "税務"}),
    "systems:pick-person": Rule(WRITERS, methods=("post",), data=lambda world: {"q": "試験"}),
    "systems:detail": system(),
    "systems:edit": system(writers, methods=("get", "post")),
    "systems:retire": system(writers, methods=("get", "post")),
    "systems:name-administrator": system(writers, methods=("get", "post")),
    "systems:end-administrator": system(writers, methods=("get", "post")),
    "systems:withdraw-administrator": system(writers, methods=("get", "post")),
    "systems:pair": system(more=lambda side: [side.unit.pk]),
    "systems:propose": system(two_sides, methods=("get", "post"), more=lambda side: [side.unit.pk, "accounts"]),
    "systems:link": file(writers, methods=("get", "post")),
    "systems:unlink": Rule(
        may=writers,
        knows=lambda world, side: readers(side),
        arguments=lambda world, side: [side.systems["link"].pk],
        methods=("get", "post"),
        refused=404,
        sided=True,
    ),
    "systems:agreement": agreed(agreement_readers, "of_manager", methods=("get",)),
    "systems:agree": agreed(asker, "of_manager"),
    "systems:refuse": agreed(seat, "of_administrator"),
    "systems:withdraw": agreed(seat, "of_manager"),
}
