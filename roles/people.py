"""The person in whose name the system itself acts: sweeps, imports run by a command, the demonstration data."""

from roles.models import Engagement, Person

SYSTEM_NUMBER = "SYSTEM"
SYSTEM_NAME = "システム（自動処理）"


def system_actor() -> Person:
    """The actor of everything no person does. Made by a migration; it has no password, is inactive and holds no seat.

    Made anew where it is missing, as in a database that was emptied.
    """
    actor = Person.objects.filter(staff_number=SYSTEM_NUMBER).first()
    if actor is None:
        actor, _ = Person.objects.get_or_create(
            staff_number=SYSTEM_NUMBER,
            defaults={
                "name": SYSTEM_NAME,
                "engagement": Engagement.SYSTEM,
                "is_active": False,
                "password": "!",
            },
        )
    return actor


def known_system_actor() -> Person | None:
    """The same where it exists already; makes nobody."""
    return Person.objects.filter(staff_number=SYSTEM_NUMBER).first()
