"""Whether somebody acted as administrator since named: who did has administered, and is no mistake to take back."""

from collections.abc import Callable

from django.db.models import Q

from files_registry.systems.models import Side, SystemAdministrator, SystemAgreement

Asked = Callable[[SystemAdministrator], bool]
_asked: list[Asked] = []


def register_acts(asked: Asked) -> Asked:
    """Register `fn(named) -> whether the person acted as administrator since`; usable as a decorator."""
    if asked not in _asked:
        _asked.append(asked)
    return asked


def has_acted(named: SystemAdministrator) -> bool:
    """Whether anything was done in that capacity since the naming, here or in an area above."""
    return any(asked(named) for asked in _asked)


@register_acts
def in_agreements(named: SystemAdministrator) -> bool:
    """Proposed for the side of the system, or answered the other side."""
    proposed = Q(side=Side.ADMINISTRATOR, proposed_by=named.person_id, proposed_at__gte=named.named_at)
    answered = Q(side=Side.MANAGER, decided_by=named.person_id, decided_at__gte=named.named_at)
    return SystemAgreement.objects.filter(proposed | answered, system=named.system_id).exists()
