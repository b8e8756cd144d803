"""Who sees a system, who registers it, who speaks for which side (第5条第4項).

システム管理者, the seat that manages people and seats of this product, has no part in any of it: that seat and the
administrator of an information system are two things.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS, WARD_WIDE, unit_post, units_of
from files_registry.systems.models import InformationSystem, SystemAgreement, SystemFile
from files_registry.systems.queries import administered_by, in_office
from nerima_privacy.calendars.periods import today
from roles.holdings import holdings_of
from roles.models import Appointment, PeriodQuerySet, Person, Unit
from roles.seats import Seat

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING  # an empty Q would vanish when it is or-ed


def visible_to(user: Person) -> QuerySet[InformationSystem]:
    """The systems `user` may know of; the only door to them.

    総括保護管理者 and 情報公開課: every one. 保護責任者・保護担当者: those of the own unit and those in which a file of
    it is or was kept, of units it took over too. 保護管理責任者: the same for the own 部. The administrator: the own
    systems, while in office. Nobody else, whatever file they may open: how a file is kept is no part of its content.
    """
    if not user.is_active:
        return InformationSystem.objects.none()
    holdings = holdings_of(user)
    if holdings.has(*WARD_WIDE):
        return InformationSystem.objects.all()
    return InformationSystem.objects.filter(_of_units(user, "unit", "pk") | Q(pk__in=administered_by(user)))


def for_page(user: Person) -> QuerySet[InformationSystem]:
    """The same door for the page of one: with its unit, and whether the user administers it (`administers`)."""
    named = in_office(today()).filter(system=OuterRef("pk"), person=user)
    return visible_to(user).select_related("unit__parent").annotate(administering=Exists(named))


def links_for_pair(user: Person) -> QuerySet[SystemFile]:
    """The same door for what a unit and a system agree on: links, each with its system, unit, and `administering`."""
    named = in_office(today()).filter(system=OuterRef("system"), person=user)
    links = SystemFile.objects.filter(system__in=visible_to(user).values("pk"))
    whole = links.select_related("system__unit__parent", "file__unit__parent").defer("file__search_text")
    return whole.annotate(administering=Exists(named))


def of_page(link: SystemFile) -> InformationSystem:
    """The system of such a link, which knows whether the reader administers it."""
    system = link.system
    system.__dict__["administering"] = link.__dict__["administering"]
    return system


def _of_units(user: Person, unit: str, system: str) -> Q:
    """Systems of the units the user answers for, and those that hold a file of these."""
    holdings = holdings_of(user)
    own = holdings.unit_ids(*UNIT_SEATS)
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    found = NOTHING
    for units in ([own] if own else []) + ([units_of(departments)] if departments else []):
        kept = SystemFile.objects.filter(system=OuterRef(system), file__unit__in=units)
        found |= Q(**{f"{unit}__in": units}) | Q(Exists(kept))
    return found


def registering_units(user: Person) -> QuerySet[Unit]:
    """The living units for which the user may register a system: those of the own seats (第5条第4項・第6条第3項)."""
    ids = holdings_of(user).seat_units(*UNIT_SEATS) if user.is_active else set()
    return Unit.objects.filter(pk__in=ids).select_related("parent").order_by("code")


def registering_post(user: Person, unit_id: int) -> Appointment | None:
    """保護責任者・保護担当者 of the unit that runs the system register, edit and retire it and name who administers it.

    第5条第4項, 第6条第3項: the manager is to work with the administrator, so the register says who that is.
    """
    return unit_post(user, unit_id) if user.is_active else None


def can_manage(user: Person, system: InformationSystem) -> bool:
    """Whether the user edits and retires the system and names its administrator."""
    return registering_post(user, system.unit_id) is not None


def can_link(user: Person, file: PersonalInformationFile) -> bool:
    """保護責任者・保護担当者 of the file's unit say in which systems it is kept, whoever runs these (第5条第4項)."""
    return user.is_active and unit_post(user, file.unit_id) is not None


def can_look_people_up(user: Person) -> bool:
    """Who names administrators may search the ward's people by name: somebody in every unit may administer a system."""
    return user.is_active and holdings_of(user).has(*UNIT_SEATS)


def can_look_systems_up(user: Person) -> bool:
    """Who links files may search all systems by name: a file may be kept in a system of any unit."""
    return can_look_people_up(user)


def sees_all_files(user: Person, system: InformationSystem) -> bool:
    """Whether the names of all files in the system are shown, and not only those the user knows of anyway.

    Its administrator, the seats of the unit that runs it and its 部, and the ward-wide seats: to guard a system one has
    to know what is in it. The name of a file is no content of it.
    """
    holdings = holdings_of(user)
    if holdings.has(*WARD_WIDE) or registering_post(user, system.unit_id):
        return True
    department = system.unit.department
    above = department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department.pk)
    return bool(above) or administers(user, system)


def links_visible_to(user: Person, system: InformationSystem) -> PeriodQuerySet:
    """The files in the system whose names the user may read: all of them, or those of the units answered for."""
    rows = SystemFile.objects.filter(system=system)
    if sees_all_files(user, system):
        return rows
    holdings = holdings_of(user)
    departments = units_of(holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER))
    return rows.filter(Q(file__unit__in=holdings.unit_ids(*UNIT_SEATS)) | Q(file__unit__in=departments))


def administers(user: Person, system: InformationSystem) -> bool:
    """Whether the user is the system's administrator, in office today."""
    if "administering" in system.__dict__:
        return bool(system.__dict__["administering"])
    return user.is_active and administered_by(user).filter(pk=system.pk).exists()


def agreements_visible_to(user: Person) -> QuerySet[SystemAgreement]:
    """The agreements whose words `user` may read; the only door to them.

    They say how files are guarded: accounts, logs, backups. They are no content of a file, so the right of 第11条 over
    the file is not asked: the administrator needs the words and no file. But they would help whoever wants in, so they
    are for the two sides and those who oversee these: 保護責任者・保護担当者 of the files' unit and of the system's,
    保護管理責任者 of either 部, the administrator in office, 総括保護管理者. 情報公開課 and other units in the same
    system learn only on which topics there is an agreement, and until when.
    """
    rows = SystemAgreement.objects.all()
    if not user.is_active:
        return rows.none()
    holdings = holdings_of(user)
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return rows
    allowed = Q(system__in=administered_by(user))
    own = holdings.unit_ids(*UNIT_SEATS)
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    for units in ([own] if own else []) + ([units_of(departments)] if departments else []):
        allowed |= Q(unit__in=units) | Q(system__unit__in=units)
    return rows.filter(allowed)


def can_read_words(user: Person, system: InformationSystem, unit: Unit) -> bool:
    """The same for what a unit and a system agree on, also while there is nothing yet."""
    holdings = holdings_of(user)
    if not user.is_active:
        return False
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER) or administers(user, system):
        return True
    return any(
        holdings.post(*UNIT_SEATS, unit_id=side.pk)
        or (side.department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=side.department.pk))
        for side in (unit, system.unit)
    )
