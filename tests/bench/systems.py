"""Systems of the ward that is measured: one for each unit with files, most of them administered and half agreed on."""

from datetime import timedelta

from django.utils import timezone

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemAgreement, SystemFile
from nerima_privacy.calendars.periods import today
from roles.models import Posting
from tests.bench.copying import give_history

CHUNK = 5_000
TOPICS = {"accounts": "アカウントの管理", "logs": "ログの取得と点検", "backups": "バックアップ"}


def build_systems():
    """Every twentieth has no administrator, every tenth file is in none, every tenth proposal waits."""
    first = today() - timedelta(days=300)
    held = PersonalInformationFile.objects.filter(status=FileStatus.HELD).order_by("pk")
    units = list(held.order_by("unit").values_list("unit", flat=True).distinct())
    people = dict(Posting.objects.order_by("-pk").values_list("unit", "person"))
    systems = {unit: a_system(unit, people[unit], first) for unit in units if unit in people}
    InformationSystem.objects.bulk_create(systems.values())
    served = [system for n, system in enumerate(systems.values()) if n % 20]
    SystemAdministrator.objects.bulk_create(an_administrator(system, people[system.unit_id]) for system in served)
    linked = [(pk, unit) for n, (pk, unit) in enumerate(held.values_list("pk", "unit")) if n % 10 and unit in systems]
    SystemFile.objects.bulk_create((a_link(systems[unit], pk) for pk, unit in linked), batch_size=CHUNK)
    SystemAgreement.objects.bulk_create(
        an_agreement(system, topic, first, n) for n, system in enumerate(systems.values()) for topic in TOPICS
    )
    for model in (InformationSystem, SystemAdministrator, SystemFile, SystemAgreement):
        give_history(model)


def a_system(unit, person, first):
    return InformationSystem(
        name=f"第{unit}システム", unit_id=unit, purpose="測定", valid_from=first, registered_by_id=person
    )


def an_administrator(system, person):
    return SystemAdministrator(
        system=system, person_id=person, unit_id=system.unit_id, valid_from=system.valid_from, named_by_id=person
    )


def a_link(system, file):
    return SystemFile(system=system, file_id=file, valid_from=system.valid_from, linked_by_id=system.registered_by_id)


def an_agreement(system, topic, first, n):
    """Proposed by whoever registered the system, answered by nobody of the ward's: who it is does not matter here."""
    waits = topic == "backups"
    at = timezone.now() - timedelta(days=n % 90)
    return SystemAgreement(
        system=system,
        unit_id=system.unit_id,
        topic=topic,
        topic_label=TOPICS[topic],
        words="測定",
        valid_from=first,
        review_on=today() + timedelta(days=n % 60 - 20),
        status="proposed" if waits else "agreed",
        status_since=at,
        side="administrator",
        proposed_by_id=system.registered_by_id,
        proposed_post="測定",
        proposed_at=at,
        decided_by_id=None if waits else other_than(system.registered_by_id),
        decided_post="" if waits else "測定",
        decided_at=None if waits else at,
    )


def other_than(person):
    return person + 1 if person % 2 else person - 1
