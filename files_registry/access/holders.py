"""Who may do what with a file, by what, why, until when, last used: at any moment, past ones included (第11条第1項)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.access.models import Grant, GrantStatus, Opening
from files_registry.catalogue.examining import examiners_of
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import valid_on
from roles.holdings import living_units
from roles.models import Appointment, Person, Posting

DECIDED = [GrantStatus.GRANTED, GrantStatus.NARROWED, GrantStatus.SUSPENDED, GrantStatus.REVOKED, GrantStatus.ENDED]


@dataclass(frozen=True)
class Holder:
    """One line: a person, or a group of posts, with the rights, their ground and their end."""

    person: Person | None
    name: str
    unit: str
    rights: tuple[Right, ...]
    ground: str
    purpose: str
    begins_at: datetime | None
    ends_at: datetime | None
    last_used: datetime | None
    grant: Grant | None = None
    url: str = ""


def holders_of(file: PersonalInformationFile, at: datetime | None = None) -> list[Holder]:
    """Everybody who could do something with the file at a moment: seats, who examines it, grants by name.

    Five queries.
    """
    at = at or timezone.now()
    used = _last_used(file, at)
    return [*_by_seat(file, at, used), *_by_examination(file, at, used), *_by_grant(file, at, used)]


def grants_at(file: PersonalInformationFile, at: datetime) -> QuerySet[Grant]:
    """The grants over the file that were rights at a moment: decided before, not ended yet, the person still there."""
    day = timezone.localtime(at).date()
    here = Q(person=OuterRef("person"), unit=OuterRef("unit")) & valid_on(day)
    stands = Q(person=None) | Q(Exists(Posting.objects.filter(here))) | Q(Exists(Appointment.objects.filter(here)))
    ceased = file.ceased_on is not None and file.ceased_on < day
    grants = Grant.objects.none() if ceased else Grant.objects.filter(file=file, status__in=DECIDED)
    return (
        grants.filter(Q(ended_at=None) | Q(ended_at__gt=at), begins_at__lte=at, ends_at__gt=at, decided_at__lte=at)
        .filter(stands)
        .select_related("person", "group__unit", "unit__parent", "decided_by")
        .order_by("unit__code", "person__kana", "person__name", "pk")
    )


def _last_used(file: PersonalInformationFile, at: datetime) -> dict[int, datetime]:
    rows = Opening.objects.filter(file=file, refused=False, at__lte=at).order_by().values("person")
    return dict(rows.annotate(last=Max("at")).values_list("person", "last"))


def _by_seat(file: PersonalInformationFile, at: datetime, used: dict[int, datetime]) -> list[Holder]:
    day = timezone.localtime(at).date()
    seated = (
        Appointment.objects.on(day)
        .filter(seat__in=UNIT_SEATS, unit__in=living_units(file.unit, day), person__is_active=True)
        .select_related("person", "unit__parent")
        .order_by("-seat", "pk")
    )
    return [
        Holder(
            person=post.person,
            name=post.person.name,
            unit=post.unit.full_name if post.unit else "",
            rights=tuple(Right),
            ground=post.label,
            purpose="役割によるもの（第5条第3項・第6条第3項）",
            begins_at=None,
            ends_at=None,
            last_used=used.get(post.person_id),
        )
        for post in seated
    ]


def _by_examination(file: PersonalInformationFile, at: datetime, used: dict[int, datetime]) -> list[Holder]:
    """監査責任者 to whom an audit opens the file to be read (第24条)."""
    return [
        Holder(
            person=examiner.person,
            name=examiner.person.name,
            unit=examiner.unit,
            rights=(Right.OPEN,),
            ground=examiner.label,
            purpose=examiner.purpose,
            begins_at=examiner.begins_at,
            ends_at=examiner.ends_at,
            last_used=used.get(examiner.person.pk),
            url=examiner.url,
        )
        for examiner in examiners_of(file, at)
    ]


def _by_grant(file: PersonalInformationFile, at: datetime, used: dict[int, datetime]) -> list[Holder]:
    return [
        Holder(
            person=grant.person,
            name=grant.holder,
            unit=grant.unit.full_name,
            rights=tuple(grant.rights),
            ground=f"許可{grant.pk}　{grant.decided_post}",
            purpose=grant.purpose,
            begins_at=grant.begins_at,
            ends_at=grant.ends_at,
            last_used=used.get(grant.person_id) if grant.person_id else None,
            grant=grant,
            url=grant.get_absolute_url(),
        )
        for grant in grants_at(file, at)
    ]
