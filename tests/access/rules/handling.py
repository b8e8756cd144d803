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
    """The unit that holds the file, the seats above, and who examines it: who sees what was asked for."""
    return side.staff | side.writers | side.above | {"chief"} | side.examiners


def working(world, side):
    """Who works with the file."""
    return side.staff | side.writers


def others(world, side):
    """Who works with the file, but the applicant."""
    return working(world, side) - asker(world, side)


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
    "handling:check-call-off": handled(lambda world, side: asker(world, side) | side.writers, "check"),
    "handling:check-sent": handled(working, "unsent"),
    "handling:check": handled(concerned, "check", methods=("get",)),
    "handling:check.pdf": handled(concerned, "check", methods=("get",)),
    "handling:check-confirm": handled(others, "check"),
    "handling:check-send-back": handled(others, "check"),
    "handling:standing-list": Rule(),
    "handling:standing-new": file(working, methods=("get", "post")),
    "handling:standing": handled(concerned, "standing", methods=("get",)),
    "handling:standing-allow": handled(seat, "standing"),
    "handling:standing-refuse": handled(seat, "standing"),
    "handling:standing-withdraw": handled(asker, "standing"),
    "handling:standing-end": handled(seat, "in_force"),
    "handling:corrections": Rule(),
    "handling:correction-new": file(working, methods=("get", "post")),
    "handling:correction": handled(concerned, "found", methods=("get",)),
    "handling:correction-instruct": handled(seat, "found"),
    "handling:correction-dismiss": handled(seat, "found"),
    "handling:correction-correct": handled(working, "instructed"),
    "handling:correction-checked": handled(writers, "corrected"),
    "handling:correction-redo": handled(writers, "corrected"),
    "handling:rules": Rule(),
    "handling:unit-rules": Rule(concerned, arguments=unit_key, refused=404, sided=True),
    "handling:set-rules": Rule(seat, concerned, unit_key, methods=("post",), refused=404, sided=True),
}
