"""Every key there is: what it is called, what it holds, in what unit, and which article it serves.

The first value of each, with its source, is in `seeds.py`; the keys themselves, by what they concern, in `keys/`. An
area that owns names a key lists hands them in with `offer()` from its `AppConfig.ready()`.
"""

from typing import Any

from nerima_privacy.law.keys.files import FILES
from nerima_privacy.law.keys.handling import HANDLING
from nerima_privacy.law.keys.key import Key
from nerima_privacy.law.keys.systems import SYSTEMS
from nerima_privacy.law.keys.ward import CALENDAR, WARD
from nerima_privacy.law.shapes import Levels, Names, PerClass

KEYS: dict[str, Key] = {key.name: key for key in [*FILES, *SYSTEMS, *WARD, *HANDLING, *CALENDAR]}


def offer(name: str, known: dict[str, str]) -> None:
    """Tell a key of the shape `Names` which names there are, with their Japanese labels."""
    shape = KEYS[name].shape
    if not isinstance(shape, Names):
        raise TypeError(f"{name} does not hold names")
    shape.known.clear()
    shape.known.update(known)


def offer_levels(name: str, acts: dict[str, str], levels: dict[str, str]) -> None:
    """Tell a key of the shape `Levels` which acts and levels there are, with their Japanese labels."""
    shape = KEYS[name].shape
    if not isinstance(shape, Levels):
        raise TypeError(f"{name} does not hold levels")
    shape.acts.update(acts)
    shape.levels.update(levels)


def offer_parts(name: str, known: dict[str, dict[str, str]]) -> None:
    """The same for the lists of names in a key of the shape `PerClass`: part → name → label."""
    shape = KEYS[name].shape
    if not isinstance(shape, PerClass):
        raise TypeError(f"{name} does not hold what classes ask")
    shape.known.clear()
    shape.known.update(known)


def problem(name: str, value: Any) -> str | None:
    """Why `value` cannot be held by the key, in Japanese; None when it can."""
    key = KEYS.get(name)
    return f"「{name}」という項目はありません。" if key is None else key.shape.problem(value)


def shown(name: str, value: Any) -> str:
    """The value in words: 「1,000人」, 「3～5日」."""
    key = KEYS.get(name)
    return str(value) if key is None or key.shape.problem(value) else key.shape.shown(value, key.unit)
