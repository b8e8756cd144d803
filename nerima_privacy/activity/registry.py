"""The registry of verbs: each area's `activities.py` declares its own, with the article it serves.

The app that owns an area imports its `activities` in `AppConfig.ready()`; a verb nobody imported cannot be recorded.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """One verb. `sentence` is what the record shows; `article` is written article-paragraph."""

    name: str
    sentence: str
    article: str


_verbs: dict[str, Verb] = {}


def register(name: str, sentence: str, *, article: str) -> Verb:
    """Declare a verb, for example `register("filing.filed", "情報公開課長に届け出ました", article="10-1")`."""
    if name in _verbs:
        raise ValueError(f"verb {name} is registered twice")
    _verbs[name] = Verb(name, sentence, article)
    return _verbs[name]


def verb(name: str) -> Verb:
    """The verb of that name; LookupError when no area declares it."""
    try:
        return _verbs[name]
    except KeyError:
        raise LookupError(f"verb {name} is not registered in any activities.py") from None


def all_verbs() -> list[Verb]:
    """Every declared verb, in the order of declaration."""
    return list(_verbs.values())


def sentence(name: str) -> str:
    """What the record shows for a verb; the bare name for one that a later release no longer declares."""
    known = _verbs.get(name)
    return known.sentence if known else name
