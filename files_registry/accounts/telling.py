"""Who is told of a comparison, and in which words."""

from files_registry.accounts import policies
from files_registry.accounts.models import AccountComparison, AccountFinding, FindingKind
from files_registry.systems.queries import in_office
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


def tell_answerers(row: AccountComparison, *, actor: Person) -> None:
    """Tell those who answer, never the one who acts: the system's administrator and the seats of its unit all of it,
    保護責任者 of a unit with a file in it where something was found about its people or its file.
    """
    count = AccountFinding.objects.filter(comparison=row, answer=None).exclude(kind=FindingKind.MISSING).count()
    if not count:
        return
    unit = row.system.unit
    named = Person.objects.filter(systems_administered__in=in_office(today()).filter(system=row.system))
    people = {
        *named,
        *holders(Seat.PROTECTION_MANAGER, unit),
        *holders(Seat.PROTECTION_OFFICER, unit),
        *policies.concerned_managers(row),
    }
    title = f"アカウントの突き合わせで、答えの要るものがあります　{row.system.name}"
    queue("accounts.recorded", to=people - {actor}, subject=row, title=title)
