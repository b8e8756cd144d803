"""What is read about systems: who administers them now, which files they hold, what is agreed and what is lacking."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.lookups import IsNull

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.systems.models import (
    AgreementStatus,
    InformationSystem,
    SystemAdministrator,
    SystemAgreement,
    SystemFile,
)
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.parameters import parameter
from roles.models import Appointment, Person, Posting

NOBODY = Q(pk__in=[])


def in_office(on: date) -> QuerySet[SystemAdministrator]:
    """Those who administer a system on a day: named, still with the ward, and still where they were when named.

    Who left, whose posting there or whose seat ended, or whose login is closed, counts as nobody (第5条第4項); so does
    who was named by mistake. A unit merged into another takes its people along.
    """
    nowhere = Q(IsNull(OuterRef("unit"), True))
    there = Q(unit=OuterRef("unit")) | Q(unit__predecessors=OuterRef("unit")) | nowhere
    of_person = {"person": OuterRef("person")}
    posted = Exists(Posting.objects.on(on).filter(there, **of_person))
    seated = Exists(Appointment.objects.on(on).filter(there, **of_person))
    return SystemAdministrator.objects.standing().on(on).filter(Q(posted) | Q(seated), person__is_active=True)


def administered_by(person: Person, on: date | None = None) -> QuerySet[InformationSystem, int]:
    """The keys of the systems the person administers on a day."""
    named = in_office(on or today()).filter(person=person)
    return (
        InformationSystem.objects.on(on or today()).filter(pk__in=named.values("system")).values_list("pk", flat=True)
    )


def administrator_of(system: InformationSystem, on: date | None = None) -> SystemAdministrator | None:
    """Who administers the system on a day, or None."""
    rows = in_office(on or today()).filter(system=system).select_related("person", "unit__parent")
    return rows.order_by("-valid_from", "-pk").first()


def links_on(on: date) -> QuerySet[SystemFile]:
    """The files held that are kept in systems in use, on a day."""
    return SystemFile.objects.on(on).filter(_held_on(on, "file__"), valid_on(on, "system__"))


def _held_on(on: date, of: str = "") -> Q:
    """Of a file, or what `of` leads to one: it is held on a day."""
    held = Q(**{f"{of}status": FileStatus.HELD})
    held |= Q(**{f"{of}status": FileStatus.CEASED, f"{of}ceased_on__gt": on})
    return held & (Q(**{f"{of}held_from": None}) | Q(**{f"{of}held_from__lte": on}))


def kept_in(systems: Collection[int], on: date) -> QuerySet[SystemFile, Any]:
    """How many files held of which unit are kept in some systems in use, on a day: `system`, `held_by`, `how_many`.

    `held_by` is None for the files that are not held. Each file is looked up: joined, PostgreSQL read all of the ward.
    """
    held = PersonalInformationFile.objects.filter(_held_on(on), pk=OuterRef("file")).order_by().values("unit")
    links = SystemFile.objects.on(on).filter(valid_on(on, "system__"), system__in=systems).order_by()
    return links.values("system", held_by=Subquery(held[:1])).annotate(how_many=Count("pk"))


def unadministered(on: date) -> Q:
    """Of a system: nobody administers it on a day."""
    return ~Q(pk__in=in_office(on).values("system"))


def topics(on: date | None = None) -> dict[str, str]:
    """Code → label of what manager and administrator agree on, in the order of the parameter."""
    return {row["code"]: row["label"] for row in parameter("system.agreement_topics", on)}


def agreed_on(on: date) -> QuerySet[SystemAgreement]:
    """The agreements in force on a day: also those that a newer one took the place of later."""
    return SystemAgreement.objects.on(on).filter(status__in=["agreed", "superseded"])


def lacking(on: date, code: str) -> Combinable:
    """Of a link: the unit of its file and the system have no agreement on the topic."""
    agreed = agreed_on(on).filter(system=OuterRef("system"), unit=OuterRef("file__unit"), topic=code)
    return ~Exists(agreed)


def lacking_any(on: date, codes: Iterable[str]) -> Q:
    """The same for any of the topics."""
    found = NOBODY
    for code in codes:
        found |= Q(lacking(on, code))
    return found


def unproposed(on: date, codes: Iterable[str]) -> Q:
    """Of a link: a topic without an agreement on which nothing is proposed either."""
    found = NOBODY
    for code in codes:
        found |= Q(lacking(on, code)) & Q(~Exists(_waiting(unit="file__unit").filter(topic=code)))
    return found


def unattended(on: date) -> QuerySet[SystemAgreement]:
    """The agreements past their review for which nothing newer is proposed yet."""
    return overdue(on).filter(~Exists(_waiting(unit="unit").filter(topic=OuterRef("topic"))))


def _waiting(unit: str) -> QuerySet[SystemAgreement]:
    rows = SystemAgreement.objects.filter(status=AgreementStatus.PROPOSED)
    return rows.filter(system=OuterRef("system"), unit=OuterRef(unit))


def overdue(on: date) -> QuerySet[SystemAgreement]:
    """The agreements in force whose review day has passed, of pairs that still share a file."""
    shared = links_on(on).filter(system=OuterRef("system"), file__unit=OuterRef("unit"))
    return agreed_on(on).filter(Exists(shared), review_on__lt=on)


def with_findings(systems: QuerySet[InformationSystem], on: date, codes: Sequence[str]) -> QuerySet[InformationSystem]:
    """The systems that hold files and lack an administrator, an agreement, or a review in time.

    The files in each are gone through up to the first that lacks something: as the first key, for of EXISTS PostgreSQL
    made a join and went through all files of the ward.
    """
    kept = links_on(on).filter(system=OuterRef("pk"))
    late = agreed_on(on).filter(system=OuterRef("system"), unit=OuterRef("file__unit"), review_on__lt=on)
    short = kept.filter(lacking_any(on, codes) | Q(Exists(late)))
    return systems.filter(Q(_any(short)) | unadministered(on) & Q(_any(kept)))


def _any(links: QuerySet[SystemFile]) -> IsNull:
    return IsNull(Subquery(links.order_by().values("pk")[:1]), False)
