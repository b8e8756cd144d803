"""`load_files()`: writes the files of the demonstration into a ward that `roles.demo.ward.load_ward()` wrote."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.numbers import take_file_numbers
from files_registry.catalogue.versions import propose, put_in_force
from files_registry.demo.clock import days_ago
from files_registry.demo.files import HELD, LOADED, Sample
from files_registry.demo.rights import tell_rights
from files_registry.demo.stories import STORIES
from files_registry.demo.teller import Teller
from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from roles.models import Unit
from roles.people import system_actor

FIRST, EVERY = 1240, 40


def load_files() -> int:
    """About fifty files, told by the verbs on the days they would have been done. Answers how many there are.

    Does nothing where there are files already. RuntimeError in production.
    """
    if settings.PRODUCTION:
        raise RuntimeError("the demonstration files are never loaded in production")
    with transaction.atomic():
        if not PersonalInformationFile.objects.exists():
            tell = Teller()
            for place, sample in enumerate(HELD):
                tell.held(sample, FIRST - EVERY * place)
            for story in STORIES:
                story(tell)
            for sample in LOADED:
                _loaded(sample)
            tell_rights()
            settle_notices()
    return PersonalInformationFile.objects.count()


def _loaded(sample: Sample) -> None:
    """Held before this system: one notified on paper whose school has ended since, one never notified by anybody."""
    actor, unit = system_actor(), Unit.objects.get(code=sample.unit)
    reason = "台帳からの読み込み（模擬）"
    held_from = today() - timedelta(days=400)
    with days_ago(390):
        file = PersonalInformationFile(
            number=take_file_numbers()[0],
            unit=unit,
            name=sample.name,
            created_by=actor,
            first_filed_on=unit.valid_from if unit.valid_to else None,
        )
        attribute(file, actor=actor, reason=reason).save()
        version = propose(file, None, sample.cells(), actor=actor)
        put_in_force(version, on=held_from, actor=actor, reason=reason)


def settle_notices() -> None:
    """Mails of the past were sent; notices older than ten days were read."""
    Notice.objects.filter(mailed_at=None).update(mailed_at=F("created_at"))
    old = timezone.now() - timedelta(days=10)
    Notice.objects.filter(Q(read_at=None), created_at__lt=old).update(read_at=F("created_at"))
