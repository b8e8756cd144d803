"""Who compares an account list, who sees what came of it and who answers (第11条第1項・第5条第4項). Rules say who.

How much the named administrator of a system sees: account, name, staff number, what is amiss, and which rights go
beyond what was granted. That is what stopping or narrowing an account asks for. Not over which unit's file somebody has
a right, by which grant, or for what purpose: this is between the units and their people, an administrator may come from
a contractor, and the list would otherwise say who works on what. No page of this area shows it to anybody; whoever may
know reads it in the 権限一覧 of the file.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from files_registry.access.effective import managed_units
from files_registry.access.holders import DECIDED
from files_registry.access.models import Grant
from files_registry.accounts.models import DRAFTS, AccountComparison, AccountFinding, ComparisonStatus
from files_registry.catalogue.policies import unit_post, units_of
from files_registry.systems.models import InformationSystem, SystemFile
from files_registry.systems.policies import administers
from files_registry.systems.queries import administered_by
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Person, Posting
from roles.seats import Seat

ADMINISTRATOR = "情報システムの管理者"


def systems_for(user: Person) -> QuerySet[InformationSystem]:
    """The systems whose comparisons `user` may know of; the only door to them.

    The named administrator; 保護責任者・保護担当者 of the system's unit, and of each unit with a file in it;
    保護管理責任者 of the 部 of the system's unit; 総括保護管理者. Nobody else: not システム管理者, no superuser.
    """
    systems = InformationSystem.objects.all()
    if not user.is_active:
        return systems.none()
    holdings = holdings_of(user)
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return systems
    return systems.filter(_whole(user, holdings) | _with_files_of(managed_units(holdings)))


def _operated(user: Person, holdings: Holdings) -> Q:
    return Q(pk__in=administered_by(user)) | Q(unit__in=managed_units(holdings))


def _whole(user: Person, holdings: Holdings) -> Q:
    """The systems of which `user` sees every finding."""
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    above = Q(unit__in=units_of(departments)) if departments else Q()
    return _operated(user, holdings) | above


def seen_whole(user: Person) -> QuerySet[InformationSystem]:
    """The systems of which `user` sees every finding, as `sees_all` says of one."""
    holdings = holdings_of(user)
    systems = InformationSystem.objects.all()
    if not user.is_active:
        return systems.none()
    return systems if holdings.has(Seat.GENERAL_PROTECTION_MANAGER) else systems.filter(_whole(user, holdings))


def _with_files_of(units: set[int]) -> Q:
    if not units:
        return Q(pk__in=[])
    return Q(pk__in=SystemFile.objects.on().filter(file__unit__in=units).values("system"))


def operated_by(user: Person) -> QuerySet[InformationSystem]:
    """The systems whose list `user` uploads and records: as administrator, or by a seat of the unit (第5条第3・4項)."""
    systems = InformationSystem.objects.all()
    return systems.filter(_operated(user, holdings_of(user))) if user.is_active else systems.none()


def operating_post(user: Person, system: InformationSystem) -> Appointment | str | None:
    """By what `user` compares the list of the system: a seat of its unit, or being its administrator; or None."""
    if not user.is_active:
        return None
    post = unit_post(user, system.unit_id)
    if post is not None:
        return post
    return ADMINISTRATOR if administers(user, system) else None


def can_compare(user: Person, system: InformationSystem) -> bool:
    """See `operating_post`."""
    return operating_post(user, system) is not None


def visible_to(user: Person) -> QuerySet[AccountComparison]:
    """The comparisons of `systems_for`. What is not recorded yet is seen only by those who may record it."""
    recorded = Q(status=ComparisonStatus.RECORDED, system__in=systems_for(user).values("pk"))
    drafts = Q(status__in=DRAFTS, system__in=operated_by(user).values("pk"))
    return AccountComparison.objects.filter(recorded | drafts)


def sees_all(user: Person, comparison: AccountComparison) -> bool:
    """Whether every finding is shown: to those who compare, 保護管理責任者 of the 部, 総括保護管理者.

    A page asks it once, with the comparison itself: `with_sight`.
    """
    known: bool | None = getattr(comparison, "whole", None)
    return seen_whole(user).filter(pk=comparison.system_id).exists() if known is None else known


def with_sight(comparisons: QuerySet[AccountComparison], user: Person) -> QuerySet[AccountComparison]:
    """The comparisons, each with what `sees_all` says of it."""
    return comparisons.annotate(whole=Exists(seen_whole(user).filter(pk=OuterRef("system"))))


def findings_for(user: Person, comparison: AccountComparison) -> QuerySet[AccountFinding]:
    """The findings of a comparison that `user` sees.

    Whoever has only a file in the system sees those about the own people, and about people with a right over the
    own file, once more without that of which file.
    """
    findings = AccountFinding.objects.filter(comparison=comparison)
    if sees_all(user, comparison):
        return findings
    return findings.filter(related_to(managed_units(holdings_of(user)), comparison))


def related_to(units: set[int], comparison: AccountComparison) -> Q:
    """Findings about people who worked in one of the units on the day, or were given a right over its file here."""
    if not units:
        return Q(pk__in=[])
    posted = Posting.objects.on(comparison.as_of).filter(unit__in=units).values("person")
    here = SystemFile.objects.on(comparison.as_of).filter(system=comparison.system_id, file__unit__in=units)
    granted = Grant.objects.filter(
        file__in=here.values("file"), status__in=DECIDED, person__isnull=False, decided_at__isnull=False
    )
    return Q(person__in=posted) | Q(person__in=granted.values("person"))


def answering_post(user: Person, comparison: AccountComparison) -> Appointment | str | None:
    """By what `user` answers: what one compares by, or a seat of a unit with a file in the system; or None.

    Which findings, `findings_for` says. Nobody answers about an account of one's own (workflow.answer).
    """
    post = operating_post(user, comparison.system)
    if post is not None:
        return post
    own = managed_units(holdings_of(user))
    if not own:
        return None
    files = SystemFile.objects.on().filter(system=comparison.system_id, file__unit__in=own)
    unit_id = files.values_list("file__unit", flat=True).order_by("file__unit").first()
    return unit_post(user, unit_id) if unit_id is not None else None


def can_answer(user: Person, comparison: AccountComparison) -> bool:
    """See `answering_post`."""
    return answering_post(user, comparison) is not None


def concerned_managers(comparison: AccountComparison) -> QuerySet[Person]:
    """保護責任者 of the units with a file in the system, about whose people or rights something was found."""
    files = SystemFile.objects.on(comparison.as_of).filter(system=comparison.system_id)
    open_findings = AccountFinding.objects.filter(comparison=comparison, answer=None).exclude(kind="missing")
    about = open_findings.filter(person=OuterRef("person"))
    worked = Posting.objects.on(comparison.as_of).filter(Exists(about), unit__in=files.values("file__unit"))
    granted = Grant.objects.filter(Exists(about), status__in=DECIDED, file__in=files.values("file"))
    seats = Appointment.objects.filter(
        Q(unit__in=worked.values("unit")) | Q(unit__in=granted.values("file__unit")),
        valid_on(today()),
        seat=Seat.PROTECTION_MANAGER,
    )
    return Person.objects.filter(is_active=True, appointments__in=seats).distinct()
