"""Rights over files, and openings (第11条)."""

from tests.access.rules.building import Rule, asker, file, looking, readers, seat, writers


def grant(may, state, methods=("post",), **extra):
    """A page or verb of one grant: known to whom it is for, who asked, the unit's seats, those above, who examines."""

    def knows(world, side):
        row = side.grants[state]
        parties = {who for who, p in world.cast.people.items() if p.pk in {row.person_id, row.asked_by_id}}
        return rights_overseers(world, side) | parties

    return Rule(
        may=may or knows,
        knows=knows,
        arguments=lambda world, side: [side.grants[state].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def applicants(world, side):
    """Whoever knows of the file, and neither holds a seat of its unit nor examines it."""
    return readers(side) - side.writers - side.examiners


def rights_overseers(world, side):
    """Not 情報公開課: who may open a file is no matter of its notification."""
    return side.writers | side.above | {"chief"} | side.examiners


RULES: dict[str, Rule] = {
    "access:list": Rule(),
    "access:grant": grant(None, "granted", methods=("get",)),
    "access:allow": grant(seat, "requested"),
    "access:refuse": grant(seat, "requested"),
    "access:withdraw": grant(asker, "requested"),
    "access:narrow": grant(seat, "granted"),
    "access:revoke": grant(seat, "granted"),
    "access:restore": grant(seat, "suspended"),
    "access:who": file(rights_overseers),
    "access:who.xlsx": file(rights_overseers),
    "access:who.pdf": file(rights_overseers),
    "access:openings": file(rights_overseers),
    "access:request": file(applicants, methods=("get", "post")),
    "access:propose": file(writers, methods=("get", "post")),
    "access:review": file(seat, methods=("get", "post")),
    "access:open": file(looking, methods=("get", "post"), notes_refusals=True),
}
