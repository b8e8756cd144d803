"""Account lists of real systems (第11条第1項)."""

from tests.access.rules.building import Rule


def comparers(world, side):
    """The seats of the system's unit, and its named administrator."""
    return side.writers | {side.asker}


def comparison_readers(world, side):
    """Besides them, who oversees the unit; not 情報公開課, nor staff without a seat."""
    return comparers(world, side) | side.above | {"chief"}


def compared(may, which="recorded", methods=("post",), knows=comparison_readers, **extra):
    """A page or verb of a system's account lists; what is not recorded is known only to those who compare."""
    return Rule(
        may=may,
        knows=knows,
        arguments=lambda world, side: [side.accounts[which].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


RULES: dict[str, Rule] = {
    "accounts:list": Rule(),
    "accounts:system": compared(comparison_readers, "system", ("get",)),
    "accounts:upload": compared(comparers, "system", ("get", "post")),
    "accounts:detail": compared(comparison_readers, methods=("get",)),
    "accounts:findings.xlsx": compared(comparison_readers, methods=("get",)),
    "accounts:answer": compared(comparers),
    "accounts:columns": compared(comparers, "uploaded", ("get", "post"), knows=comparers),
    "accounts:record": compared(comparers, "checked", knows=comparers),
    "accounts:discard": compared(comparers, "uploaded", knows=comparers),
}
