"""Who is told of a move, and in which words. Titles name the file and the step, never a person the file is about."""

from collections.abc import Iterable

from files_registry.handling.models import Correction, HandlingRequest, SendingCheck, StandingPermission
from files_registry.handling.turns import deciding_turn
from nerima_privacy.notices.outbox import queue
from roles.models import Person


def tell(
    kind: str,
    subject: HandlingRequest | StandingPermission | SendingCheck | Correction,
    *,
    to: Iterable[Person],
    actor: Person,
    title: str,
    body: str = "",
) -> None:
    """Queue one notice a person, never to the one who acts."""
    people = {person for person in to if person.pk != actor.pk}
    queue(kind, to=people, subject=subject, title=f"{title}　{subject.file.name}", body=body)


def askers(request: HandlingRequest) -> list[Person]:
    """The applicant and who prepared it."""
    return [request.applicant, request.prepared_by]


def deciders(subject: HandlingRequest | StandingPermission | Correction) -> list[Person]:
    """Who decides on it now."""
    return deciding_turn(subject).people


def tell_done(request: HandlingRequest, actor: Person) -> None:
    """Whom it concerns that the act was done: the seat that allowed it, and the applicant (第12条)."""
    title = f"{request.get_act_display()}の実施が記録されました"
    tell("handling.done", request, to=[*deciders(request), *askers(request)], actor=actor, title=title)
