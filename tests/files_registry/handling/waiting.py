"""What lies on whose desk, and what the duties find, as the tests of this area ask for it."""

from files_registry.handling.desk import work
from nerima_privacy.duties.registry import Scope, duty_named
from roles.holdings import holdings_of
from tests.files_registry.handling import making


def desk(cast, who, on=None):
    """All that lies there."""
    person = cast.people[who]
    return work(person, holdings_of(person), on or making.days(0))


def items(cast, who, on=None):
    """What the person does next."""
    return [item for item in desk(cast, who, on) if item.kind == "turn"]


def turns(cast, who, on=None):
    """The addresses of that."""
    return [item.url for item in items(cast, who, on)]


def outcome(id, on=None, units=None):
    """What a duty says on a day."""
    return duty_named(id).check(Scope(on or making.days(0), units))


def findings(id, on=None, units=None):
    """What it finds."""
    return outcome(id, on, units).findings
