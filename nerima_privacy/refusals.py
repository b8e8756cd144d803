"""What a verb answers when it does not happen."""


class MoveRefused(Exception):
    """The record is not in a state this move can start from, or somebody else was first. Shown as a message."""


class Invalid(Exception):
    """Facts given to a verb do not hold; `errors` maps a field name to a sentence in Japanese."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("、".join(errors.values()))
        self.errors = errors
