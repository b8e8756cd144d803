"""Who is told of a right, and in which words."""

from django.urls import reverse

from files_registry.access.models import Grant
from files_registry.access.policies import deciding_turn
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


def tell(kind: str, grant: Grant, *, title: str, actor: Person, body: str = "") -> None:
    """Tell whom it is for (a group is not told one by one) and who asked, never the one who acts."""
    people = {person for person in (grant.person, grant.asked_by) if person is not None and person.pk != actor.pk}
    queue(kind, to=people, subject=grant, title=f"{title}　{grant.file.name}", body=body)


def tell_deciders(grant: Grant, *, actor: Person, count: int = 1) -> None:
    """Tell who decides, and 保護担当者 of the unit who prepare for them."""
    turn = deciding_turn(grant)
    people = {*turn.people, *holders(Seat.PROTECTION_OFFICER, grant.file.unit)} - {actor, grant.person}
    title = f"アクセス権の{'提案' if count > 1 else '申請'}が{count}件あります　{grant.file.name}"
    queue("access.requested", to=people, subject=grant, title=title, url=reverse("access:list"))
