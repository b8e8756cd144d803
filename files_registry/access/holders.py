"""Who may do what with a file, by what, why, until when, last used: at any moment, past ones included (第11条第1項)."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.db.models.lookups import Exact, IsNull
from django.utils import timezone
from django.utils.functional import cached_property

from files_registry.access.effective import ENDED, NO_GRANTS
from files_registry.access.models import Grant, GrantStatus, Opening
from files_registry.catalogue.examining import Examiner, examiners_of, lasting_over
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import read
from roles.holdings import living_units
from roles.models import Appointment, Person, Posting, Unit

DECIDED = [GrantStatus.GRANTED, GrantStatus.NARROWED, GrantStatus.SUSPENDED, GrantStatus.REVOKED, GrantStatus.ENDED]

SEATED = ("seat", "basis", "person__name", "unit__name", "unit__is_department", "unit__parent__name")
SHOWN = (
    *("may_open", "may_enter", "may_erase", "may_output", "purpose", "begins_at", "ends_at", "decided_post"),
    *("person__name", "group__kind", "group__unit__name", "unit__name", "unit__is_department", "unit__parent__name"),
)
ORDER = ("unit__code", "person__kana", "person__name", "pk")


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


class Holders:
    """Everybody who could do something with the file at a moment: seats first, who examines it, then grants by name.

    To be sliced into pages and counted: over some files rights are held by thousands. A page takes three queries, one
    more while an audit of the unit lasts.
    """

    def __init__(self, file: PersonalInformationFile, at: datetime | None = None) -> None:
        self.file, self.at = file, at or timezone.now()
        self._many: int | None = None

    def __getitem__(self, part: slice) -> list[Holder]:
        start, few = part.start or 0, len(self._few)
        end = None if part.stop is None else max(part.stop - few, 0)
        first, grants = self._few[part], self._read(max(start - few, 0), end)
        people = {one.person.pk for one in first} | {grant.person_id for grant in grants if grant.person_id}
        used = _last_used(self.file, self.at, people if end is not None else None)
        shown = [_seated(one, used) if isinstance(one, Appointment) else _examining(one, used) for one in first]
        return [*shown, *(_granted(grant, used) for grant in grants)]

    def count(self) -> int:
        """How many there are; no query more where a page was read before."""
        return len(self._few) + (self._grants.count() if self._many is None else self._many)

    def _read(self, start: int, end: int | None) -> list[Grant]:
        """The grants from `start` to before `end`, and how many there are of all, in one query.

        By their place, for with a LIMIT PostgreSQL went through all units by their code to find the first few.
        """
        if end is None:
            return list(self._grants[start:])
        place = Window(RowNumber(), order_by=[F(name).asc() for name in ORDER])
        numbered = self._grants.annotate(place=place, whole=Window(Count("pk")))
        found = list(numbered.filter(place__gt=start, place__lte=end).order_by("place"))
        if found:
            self._many = found[0].whole
        return [*found]

    @cached_property
    def _grants(self) -> QuerySet[Grant]:
        return grants_at(self.file, self.at)

    @cached_property
    def _few(self) -> list[Appointment | Examiner]:
        day = timezone.localtime(self.at).date()
        posts = Appointment.objects.on(day).filter(seat__in=UNIT_SEATS, unit__in=living_units(self.file.unit, day))
        active = objects(posts.filter(person__is_active=True), *SEATED)
        seated, *lasting = read([active, *lasting_over(self.file, self.at)])
        seated = sorted(sorted(seated, key=attrgetter("pk")), key=attrgetter("seat"), reverse=True)
        return [*seated, *examiners_of(self.file, self.at, lasting)]


def holders_of(file: PersonalInformationFile, at: datetime | None = None) -> list[Holder]:
    """All of them."""
    return Holders(file, at)[:]


def grants_at(file: PersonalInformationFile, at: datetime) -> QuerySet[Grant]:
    """The grants over the file that were rights at a moment: decided before, not ended yet, the person still there."""
    day = timezone.localtime(at).date()
    here = Q(person=OuterRef("person"), unit=OuterRef("unit")) & valid_on(day)
    # The first key, not EXISTS: over a file with many grants PostgreSQL would read all postings of the ward instead.
    works = IsNull(_first(Posting.objects.filter(here)), False)
    sits = IsNull(_first(Appointment.objects.filter(here)), False)
    living = Unit.objects.filter(valid_on(day)).values("pk")
    barred = Appointment.objects.on(day).filter(seat__in=NO_GRANTS).order_by().values("person")
    # Whether somebody was with the ward has no date. Asked apart: within the other it would ask that twice of each.
    there = Q(person=None) | Q(person__is_active=True) if day == today() else Q()
    stands = Q(person=None) | ~Q(person__in=barred) & Q(unit__in=living) & (Q(works) | Q(sits))
    past = file.ceased_on is not None and file.ceased_on < day
    over = file.status in ENDED if day == today() else past
    grants = Grant.objects.none() if over else Grant.objects.filter(file=file)
    return (
        in_force_at(grants, at)
        .filter(stands, there)
        .select_related("person", "group__unit", "unit__parent")
        .only(*SHOWN)
        .order_by(*ORDER)
    )


def in_force_at(grants: QuerySet[Grant], at: datetime) -> QuerySet[Grant]:
    """Those decided before a moment and not over then, whatever became of them; their grounds are not asked."""
    over = Q(ended_at=None) | Q(ended_at__gt=at)
    lasting = grants.filter(over, status__in=DECIDED, begins_at__lte=at, ends_at__gt=at, decided_at__lte=at)
    return but_suspended(lasting, at)


def but_suspended(grants: QuerySet[Grant], at: datetime) -> QuerySet[Grant]:
    """Without those that were suspended at a past moment, though given back since: only their history knows."""
    past = Grant.history.filter(id=OuterRef("pk"), history_date__lte=at).order_by("-history_date", "-history_id")
    status = Coalesce(Subquery(past.values("status")[:1]), Value(""))
    return grants.filter(Q(status_since__lte=at) | ~Q(Exact(status, Value(GrantStatus.SUSPENDED.value))))


def _first(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])


def _last_used(file: PersonalInformationFile, at: datetime, people: set[int] | None) -> dict[int, datetime]:
    """When each last opened the file; `people` are those of one page, never of a whole list."""
    rows = Opening.objects.filter(file=file, refused=False, at__lte=at).order_by().values("person")
    if people is not None:
        rows = rows.filter(person__in=people)
    return dict(rows.annotate(last=Max("at")).values_list("person", "last"))


def _seated(post: Appointment, used: dict[int, datetime]) -> Holder:
    return Holder(
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


def _examining(examiner: Examiner, used: dict[int, datetime]) -> Holder:
    """監査責任者 to whom an audit opens the file to be read (第24条)."""
    return Holder(
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


def _granted(grant: Grant, used: dict[int, datetime]) -> Holder:
    return Holder(
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
