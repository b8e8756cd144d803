"""What upper areas put on the page of an information system; they fill this in AppConfig.ready()."""

from collections.abc import Callable

from files_registry.catalogue.panels import Offer
from files_registry.systems.models import InformationSystem
from roles.models import Person

Provider = Callable[[InformationSystem, Person], list[Offer]]
_providers: list[Provider] = []


def register_offers(provider: Provider) -> Provider:
    """Register `fn(system, person) -> offers`, one query at most; usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def offers_of(system: InformationSystem, person: Person) -> list[Offer]:
    """What every area offers the person on the page of the system."""
    return [offer for provider in _providers for offer in provider(system, person)]
