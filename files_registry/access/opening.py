"""Opening what a file holds (第11条第2項・第3項).

The purpose is asked where the file's confidentiality says so; every opening and refused attempt is on record.
"""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from files_registry.access.effective import ENDED, rows_of
from files_registry.access.models import Grant, GrantStatus, Opening
from files_registry.catalogue.examining import examination_of
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.rights import Right, may
from nerima_privacy.activity.recording import record
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid
from roles.models import Appointment, Person


def asks_purpose(file: PersonalInformationFile) -> bool:
    """Whether the file's class is one whose opening needs its purpose typed; which are, is data."""
    version = file.current
    return version is not None and version.confidentiality in parameter("access.purpose_classes")


def is_open(person: Person, file: PersonalInformationFile) -> bool:
    """Whether the person opened the file a moment ago, so that this counts as the same opening.

    The right is asked anew each time all the same.
    """
    return lately(person, refused=False).filter(file=file).exists()


def was_opened(person: Person, file: PersonalInformationFile) -> bool:
    """Whether the person opened the file so lately that a form of its pages may still be on the screen."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Opening.objects.filter(person=person, file=file, refused=False, at__gt=since).exists()


def was_refused(person: Person, file: PersonalInformationFile) -> bool:
    """Whether a refused attempt of the person stands on record from a moment ago: trying again is the same attempt."""
    return lately(person, refused=True).filter(file=file).exists()


def lately(person: Person, *, refused: bool) -> QuerySet[Opening]:
    """What the person opened, or was refused, so short a time ago that it counts as the same; minutes are data."""
    since = timezone.now() - timedelta(minutes=int(parameter("access.opening_minutes")))
    return Opening.objects.filter(person=person, refused=refused, at__gt=since)


def purpose_errors(purpose: str, *, asked: bool) -> dict[str, str]:
    """What is wrong with the purpose typed, at its field; empty when nothing is."""
    if asked and not purpose.strip():
        return {"purpose": "業務のどのような目的で開くかを書いてください。例　還付通知の発送先の確認"}
    return {"purpose": f"400字以内で書いてください。いま{len(purpose)}字あります。"} if len(purpose) > 400 else {}


def ground_of(person: Person, file: PersonalInformationFile) -> tuple[str, Appointment | None]:
    """By what the person opens the file: the seat, the audit, or the number of the grant; and the post acted in."""
    examination = examination_of(person, file.unit_id)
    if examination is not None:
        return examination.label, examination.post
    post = unit_post(person, file.unit_id)
    if post is not None:
        return post.label, post
    if file.status in ENDED:
        return "", None
    own, shared = rows_of(person)
    keys = [rows.order_by().filter(content_object=file).values_list("grant", flat=True) for rows in (own, shared)]
    found = min(keys[0].union(keys[1]), default=None)
    return (f"許可{found}" if found else ""), None


@transaction.atomic
def open_file(file: PersonalInformationFile, *, purpose: str = "", actor: Person) -> Opening:
    """Open what a file holds: whoever has 閲覧 now. Invalid without a purpose where one is asked."""
    if not may(actor, Right.OPEN, file):
        raise PermissionDenied
    errors = purpose_errors(purpose, asked=not purpose.strip() and asks_purpose(file))
    if errors:
        raise Invalid(errors)
    ground, post = ground_of(actor, file)
    opening = Opening.objects.create(file=file, person=actor, ground=ground[:140], purpose=purpose.strip())
    note_use(actor, [file.pk])
    facts = {"file": file.pk}
    record("access.opened", actor=actor, subject=opening, post=post, reason=purpose.strip(), facts=facts)
    return opening


def note_use(person: Person, files: Collection[int]) -> None:
    """That the person used the rights held over the files, now; the verb that writes the opening calls it.

    Locked in the order every verb locks many rights in, so that two of them never wait for one another.
    """
    held = Grant.objects.filter(person=person, file__in=files, status__in=[GrantStatus.GRANTED, GrantStatus.SUSPENDED])
    keys = list(held.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if keys:
        Grant.objects.filter(pk__in=keys).update(used_at=timezone.now())


@transaction.atomic
def note_refusal(file: PersonalInformationFile, *, actor: Person) -> Opening:
    """Write down that somebody who may know of the file tried to open it without the right (第11条第2項)."""
    opening = Opening.objects.create(file=file, person=actor, refused=True)
    record("access.opening_refused", actor=actor, subject=opening, facts={"file": file.pk})
    return opening
