"""What a key is."""

from dataclasses import dataclass

from nerima_privacy.law.shapes import Number, Shape


@dataclass(frozen=True)
class Key:
    """One parameter. `article` is what it comes from or serves; `holds` is shown as help in the admin."""

    name: str
    title: str
    holds: str
    article: str
    shape: Shape
    unit: str = ""


DAYS = Number(1, 3660, "30")
