"""Copying, sending, taking out; corrections; checks (第12–14条)."""

from tests.access.rules.building import Rule, asker, file, seat, writers


def handled(may, which, methods=("post",), knows=None, **extra):
    """A page or verb of a request, a standing permission, a check or a correction."""
    return Rule(
        may=may,
        knows=knows or concerned,
        arguments=lambda world, side: [side.handled[which].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def concerned(world, side):
    """Who may open the file, by a seat or a grant, the seats above, who examines, who asked: not its unit as such."""
    return asker(world, side) | side.writers | side.above | {"chief"} | side.examiners


def of_unit(world, side):
    """The same and all staff of the unit: a standing permission and the unit's rules are told to those they bind."""
    return concerned(world, side) | side.staff


def working(world, side):
    """Who works in the unit, and so may begin something with its files."""
    return side.staff | side.writers


def let_in(world, side):
    """Who may open the file and act in its unit: its seats, and who asked, by the right that was opened."""
    return asker(world, side) | side.writers


def unit_key(world, side):
    return [side.unit.pk]


RULES: dict[str, Rule] = {
    "handling:list": Rule(),
    "handling:choose": Rule(),
    "handling:new": file(working, methods=("get", "post")),
    "handling:detail": handled(concerned, "submitted", methods=("get",)),
    "handling:request.pdf": handled(concerned, "submitted", methods=("get",)),
    "handling:edit": handled(asker, "draft", methods=("get", "post"), knows=asker),
    "handling:submit": handled(asker, "draft", knows=asker),
    "handling:allow": handled(seat, "submitted"),
    "handling:refuse": handled(seat, "submitted"),
    "handling:ask-back": handled(seat, "submitted"),
    "handling:withdraw": handled(asker, "allowed"),
    "handling:done": handled(asker, "allowed"),
    "handling:returned": handled(asker, "done"),
    "handling:close": handled(seat, "returned"),
    "handling:ask-extension": handled(asker, "done"),
    "handling:grant-extension": handled(seat, "extending"),
    "handling:refuse-extension": handled(seat, "extending"),
    "handling:withdraw-extension": handled(asker, "extending"),
    "handling:fill-check": handled(asker, "sending", methods=("get", "post")),
    "handling:checks": Rule(),
    "handling:check-choose": file(working),
    "handling:check-new": file(working, more=("mail",), methods=("get", "post")),
    "handling:check-call-off": handled(let_in, "check"),
    "handling:check-sent": handled(let_in, "unsent"),
    "handling:check": handled(concerned, "check", methods=("get",)),
    "handling:check.pdf": handled(concerned, "check", methods=("get",)),
    "handling:check-confirm": handled(writers, "check"),
    "handling:check-send-back": handled(writers, "check"),
    "handling:standing-list": Rule(),
    "handling:standing-new": file(working, methods=("get", "post")),
    "handling:standing": handled(of_unit, "standing", methods=("get",)),
    "handling:standing-allow": handled(seat, "standing", knows=of_unit),
    "handling:standing-refuse": handled(seat, "standing", knows=of_unit),
    "handling:standing-withdraw": handled(asker, "standing", knows=of_unit),
    "handling:standing-end": handled(seat, "in_force", knows=of_unit),
    "handling:corrections": Rule(),
    "handling:correction-new": file(working, methods=("get", "post")),
    "handling:correction": handled(concerned, "found", methods=("get",)),
    "handling:correction-instruct": handled(seat, "found"),
    "handling:correction-dismiss": handled(seat, "found"),
    "handling:correction-correct": handled(let_in, "instructed"),
    "handling:correction-checked": handled(writers, "corrected"),
    "handling:correction-redo": handled(writers, "corrected"),
    "handling:rules": Rule(),
    "handling:unit-rules": Rule(of_unit, arguments=unit_key, refused=404, sided=True),
    "handling:set-rules": Rule(seat, of_unit, unit_key, methods=("post",), refused=404, sided=True),
}
