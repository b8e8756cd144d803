"""Who is told of a move, and in which words. Titles name the file and the step, never a person the file is about."""

from collections.abc import Iterable

from files_registry.filings.models import Filing
from files_registry.filings.turns import considering_turn, filing_turn
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


def tell(kind: str, filing: Filing, *, to: Iterable[Person], actor: Person, title: str, body: str = "") -> None:
    """Queue one notice a person, never to the one who acts."""
    people = {person for person in to if person.pk != actor.pk}
    queue(kind, to=people, subject=filing, title=f"{title}　{filing.file.name}", body=body)


def unit_people(filing: Filing) -> list[Person]:
    """保護責任者 and 保護担当者 of the unit, and who drafted it."""
    return [*writers(filing), *filing_turn(filing).people]


def writers(filing: Filing) -> list[Person]:
    """Who writes for the unit: 保護担当者, who drafted and who submitted."""
    people = [*holders(Seat.PROTECTION_OFFICER, filing.unit), filing.drafted_by]
    return [*people, filing.submitted_by] if filing.submitted_by else people


def deciders(filing: Filing) -> list[Person]:
    """Who decides on it, and the staff of 情報公開課."""
    turn = considering_turn(filing)
    return [*turn.people, *holders(Seat.DISCLOSURE_STAFF).exclude(pk__in=turn.barred)]
