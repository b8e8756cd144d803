"""Who sees which audit and who may do what with it (第7条・第24条). Rules say who, never when (moves.py)."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, Q, QuerySet

from audits.examinations.approving import acted_for, acting, behind
from audits.examinations.models import ALLOWED, Audit, AuditStatus
from files_registry.catalogue.examining import examinations_of
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.turns import Seating, Turn, first_taken
from roles.holdings import holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

NOT_WHO_ACTS = "職務代理者が監査に加わっているため"


def visible_to(user: Person) -> QuerySet[Audit]:
    """The audits `user` may know of; the only door to them.

    監査責任者: those they planned or are sent on, as long as they hold the seat. 総括保護管理者: all that approval was
    ever asked for; for whom somebody acts in that seat, those that wait and who acts may not approve. 保護責任者 and
    保護担当者 of an examined unit and 保護管理責任者 of its 部: those approved, for they are to know who reads their
    files, and until when. Nobody else, システム管理者 and superusers among them.
    """
    audits = Audit.objects.all()
    if not user.is_active:
        return audits.none()
    holdings = holdings_of(user)
    shown = Q(pk__in=[])
    if holdings.has(Seat.AUDIT_OFFICER):
        sent = Audit.officers.through.objects.filter(person=user)
        shown |= Q(planned_by=user) | Q(pk__in=sent.values("audit"))
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        shown |= Q(submitted_at__isnull=False)
    else:
        shown |= _waits_for(user)
    own = holdings.unit_ids(*UNIT_SEATS)
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if own or departments:
        examined = Q(unit__in=own | departments) | Q(unit__children__in=own) | Q(unit__parent__in=departments)
        named = Audit.units.through.objects.filter(examined)
        shown |= Q(status__in=ALLOWED, pk__in=named.values("audit"))
    return audits.filter(shown)


def _waits_for(user: Person) -> Q:
    """The audits that wait for `user`, for whom somebody acts who may not approve them."""
    sent = Audit.officers.through.objects.filter(person__in=acting()).values("audit")
    tied = Q(planned_by__in=acting()) | Q(submitted_by__in=acting()) | Q(pk__in=sent)
    return Q(Exists(acted_for().filter(person=user)), status=AuditStatus.SUBMITTED) & tied


def planning_post(user: Person) -> Appointment | None:
    """The seat in which `user` plans audits: 監査責任者 (第24条)."""
    return holdings_of(user).post(Seat.AUDIT_OFFICER)


def can_plan(user: Person) -> bool:
    """See `planning_post`."""
    return planning_post(user) is not None


def own_post(user: Person, audit: Audit) -> Appointment | None:
    """The seat in which `user` works on the audit: 監査責任者 who planned it or is sent on it."""
    return planning_post(user) if user.pk == audit.planned_by_id or _is_sent(user, audit) else None


def can_revise(user: Person, audit: Audit) -> bool:
    """See `own_post`: the plan is written, submitted and taken back by those it is the work of."""
    return own_post(user, audit) is not None


can_submit = can_withdraw = can_revise


def deciding_turn(audit: Audit) -> Turn:
    """総括保護管理者 or who acts for that seat, never who planned it or is sent on it (第7条第2項・第24条).

    Where who acts may not, whom they act for does (`approving.py`). Otherwise it waits until somebody else sits there.
    """
    barred = frozenset(hands(audit))
    turn = first_taken([Turn(Seat.GENERAL_PROTECTION_MANAGER, None, barred=barred)], Seating([]))
    if not turn.vacant:
        return turn
    rows = acted_for().exclude(person__in=barred).select_related("person").order_by("valid_from")
    holder = rows.first() if acting().filter(pk__in=barred).exists() else None
    return turn if holder is None else ActedFor(turn.seat, None, NOT_WHO_ACTS, barred, holder=holder)


@dataclass(frozen=True)
class ActedFor(Turn):
    """The turn of the one for whom somebody acts."""

    holder: Appointment | None = None

    @property
    def label(self) -> str:
        """「総括保護管理者（本人）」."""
        return f"{self.seat.label}（本人）"

    def post(self, user: Person) -> Appointment | None:
        """The appointment that is taken up again."""
        return self.holder if self.holder is not None and self.holder.person_id == user.pk else None

    @cached_property
    def people(self) -> list[Person]:
        """Whose turn it is."""
        return [self.holder.person] if self.holder is not None else []


def hands(audit: Audit) -> set[int]:
    """Whose work the audit is: who planned it, asked for approval, or is sent on it."""
    of = {audit.planned_by_id, audit.submitted_by_id} | {person.pk for person in audit.officers.all()}
    return {pk for pk in of if pk is not None}


def deciding_post(user: Person, audit: Audit) -> Appointment | None:
    """The appointment by which `user` approves the audit or not, or None."""
    of = hands(audit)
    if user.pk in of:
        return None
    return holdings_of(user).post(Seat.GENERAL_PROTECTION_MANAGER) or behind(user, of)


def can_decide(user: Person, audit: Audit) -> bool:
    """See `deciding_turn`."""
    return deciding_post(user, audit) is not None


def ending_post(user: Person, audit: Audit) -> Appointment | None:
    """The appointment by which `user` ends the audit early: 総括保護管理者, or 監査責任者 whose it is (第24条)."""
    return holdings_of(user).post(Seat.GENERAL_PROTECTION_MANAGER) or own_post(user, audit)


def can_end(user: Person, audit: Audit) -> bool:
    """See `ending_post`."""
    return ending_post(user, audit) is not None


def can_read_files(user: Person, audit: Audit) -> bool:
    """監査責任者 sent on the audit, while it opens something to them (第7条第3項・第24条)."""
    return any(examination.key == audit.pk for examination in examinations_of(user))


def _is_sent(user: Person, audit: Audit) -> bool:
    return any(person.pk == user.pk for person in audit.officers.all())
