"""Ledgers, verifications, media (第15条・第17条)."""

from tests.access.rules.building import Rule, file, looking, readers, unit, writers


def of_ledger(part, may, methods=("get",)):
    """A page or verb of one line, verification or medium of a held file: by whoever has the right, here by seat."""
    return Rule(
        may=may,
        knows=lambda world, side: readers(side),
        arguments=lambda world, side: [side.files["held"].pk, side.ledger[part].pk],
        methods=methods,
        refused=404,
        sided=True,
        notes_refusals=True,
    )


def unit_ledgers():
    """The ledgers of a unit together: whoever may take one of them out, by seat or by a grant; all know of the unit."""

    def may(world, side):
        # Besides the seats: who was given 出力 over a file of the side, and whose request to take out was allowed.
        return side.writers | {"dispatched", side.asker}

    return Rule(may=may, arguments=unit, methods=("get", "post"), data=lambda world: {"form": "csv"}, sided=True)


def unit_media():
    """The media of a unit together: whoever has the right over one of its files, here by seat; all know of the unit."""
    return Rule(
        may=lambda world, side: side.writers,
        arguments=unit,
        methods=("get", "post"),
        sided=True,
    )


def disposal():
    """What was disposed of together: whoever has 削除 over every file of it, here by seat; all know of the unit."""
    return Rule(
        may=lambda world, side: side.writers,
        arguments=lambda world, side: [side.unit.code, side.ledger["disposal"].pk],
        sided=True,
    )


RULES: dict[str, Rule] = {
    "ledgers:list": Rule(),
    "ledgers:due": Rule(),
    "ledgers:mine": Rule(),
    "ledgers:hand-over": unit_media(),
    "ledgers:dispose-many": unit_media(),
    "ledgers:joint-certificate": disposal(),
    "ledgers:output-unit": unit_ledgers(),
    "ledgers:detail": file(looking, notes_refusals=True),
    "ledgers:write": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:bulk": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:export.xlsx": file(writers, notes_refusals=True),
    "ledgers:export.csv": file(writers, notes_refusals=True),
    "ledgers:ledger.pdf": file(writers, notes_refusals=True),
    "ledgers:entry": of_ledger("entry", looking),
    "ledgers:correct": of_ledger("entry", writers, ("get", "post")),
    "ledgers:verifications": file(looking, notes_refusals=True),
    "ledgers:verify": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:verification": of_ledger("verification", looking),
    "ledgers:correct-verification": of_ledger("verification", writers, ("get", "post")),
    "ledgers:media": file(looking, notes_refusals=True),
    "ledgers:register-medium": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:medium": of_ledger("medium", looking),
    "ledgers:move-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:complete-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:dispose-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:certificate": of_ledger("disposed", looking),
}
