"""Who sees which grant and who may do what with it (第11条第1項). Rules say who, never when (moves.py)."""

from django.db.models import QuerySet

from files_registry.access.effective import managed_units, takes_grants
from files_registry.access.models import Grant, GrantStatus, Origin
from files_registry.catalogue.examining import examination_of, examined_units
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import unit_post, units_of
from files_registry.catalogue.turns import Seating, Turn, manager_turn
from roles.holdings import holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat


def visible_to(user: Person, among: QuerySet[Grant] | None = None) -> QuerySet[Grant]:
    """The grants `user` may know of, of all or of `among`; the only door to them.

    One's own, and those one asked for others as long as they wait.
    保護責任者・保護担当者: all over the files of the own unit. 保護管理責任者:
    those of the own 部. 総括保護管理者: all. 監査責任者 within an audit: those over the files of the examined units,
    for who was given which right by whom is what is examined (第24条). Nobody else, システム管理者 and superusers
    among them.
    """
    grants = Grant.objects.all() if among is None else among
    if not user.is_active:
        return grants.none()
    holdings = holdings_of(user)
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return grants
    allowed = [grants.filter(person=user), grants.filter(asked_by=user, status=GrantStatus.REQUESTED)]
    own = managed_units(holdings)
    if own:
        allowed.append(grants.filter(file__unit__in=own))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        allowed.append(grants.filter(file__unit__in=units_of(departments)))
    if examined := examined_units(user):
        allowed.append(grants.filter(file__unit__in=examined))
    # Said as a union, for each part has an index of its own and the whole of an OR has none.
    keys = [part.order_by().values("pk") for part in allowed]
    return grants.filter(pk__in=keys[0].union(*keys[1:]))


def can_request(user: Person, file: PersonalInformationFile) -> bool:
    """Anybody who may know of the file and works somewhere, but for whom a seat opens it already (第11条第1項).

    Never システム管理者 or 監査責任者: their seats must not see what files hold.
    """
    return takes_grants(user, holdings_of(user)) and unit_post(user, file.unit_id) is None


def can_propose(user: Person, file: PersonalInformationFile) -> bool:
    """保護責任者 or 保護担当者 of the unit, who knows what the work needs (第5条第3項・第6条第3項)."""
    return unit_post(user, file.unit_id) is not None


def deciding_turn(grant: Grant, seated: Seating | None = None) -> Turn:
    """Who decides: 保護責任者 of the file's unit, else the seat above (第11条第1項).

    Never whom it is for, nor who asked. A proposal is decided by 保護責任者 even where that person made it: it is the
    seat that limits rights. `seated` is who sits where, if that is known.
    """
    barred = {grant.person_id} - {None}
    if grant.origin == Origin.REQUEST:
        barred.add(grant.asked_by_id)
    return manager_turn(grant.file.unit, frozenset(pk for pk in barred if pk is not None), seated)


def deciding_post(user: Person, grant: Grant) -> Appointment | None:
    """The appointment by which `user` decides on the grant, or None."""
    return deciding_turn(grant).post(user)


def can_decide(user: Person, grant: Grant) -> bool:
    """See `deciding_turn`."""
    return deciding_post(user, grant) is not None


can_narrow = can_revoke = can_restore = can_decide


def can_withdraw(user: Person, grant: Grant) -> bool:
    """Who asked for it, or whom it is for."""
    return user.is_active and user.pk in {grant.asked_by_id, grant.person_id}


def can_see_who(user: Person, file: PersonalInformationFile) -> bool:
    """Who reads the list of rights over a file: the unit's seats, 保護管理責任者 of its 部, 総括保護管理者.

    第5条第3項・第4条第3項・第3条第3項. 監査責任者 within an audit of the unit too, to read only (第24条). Not
    情報公開課: who may open a file is no matter of its notification.
    """
    holdings = holdings_of(user)
    if examination_of(user, file.unit_id) is not None:
        return True
    if unit_post(user, file.unit_id) or holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return True
    department = file.unit.department
    return bool(department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department.pk))


def reviewing_post(user: Person, file: PersonalInformationFile) -> Appointment | None:
    """The appointment by which `user` confirms the rights over a file: 保護責任者, else the seat above."""
    return manager_turn(file.unit).post(user)


def can_review(user: Person, file: PersonalInformationFile) -> bool:
    """See `reviewing_post`."""
    return reviewing_post(user, file) is not None
