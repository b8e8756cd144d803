"""What was done here as administrator stands in the way of taking the naming back as a mistake (第5条第4項)."""

from files_registry.accounts.models import AccountAnswer, AccountComparison
from files_registry.accounts.policies import ADMINISTRATOR
from files_registry.systems.acts import register_acts
from files_registry.systems.models import SystemAdministrator


@register_acts
def in_comparisons(named: SystemAdministrator) -> bool:
    """Recorded a list or answered a finding of the system, as its administrator and since the naming."""
    recorded = AccountComparison.objects.filter(
        system=named.system_id,
        recorded_by=named.person_id,
        recorded_post=ADMINISTRATOR,
        recorded_at__gte=named.named_at,
    )
    answered = AccountAnswer.objects.filter(
        comparison__system=named.system_id,
        answered_by=named.person_id,
        answered_post=ADMINISTRATOR,
        answered_at__gte=named.named_at,
    )
    return recorded.exists() or answered.exists()
