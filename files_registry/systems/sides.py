"""Who speaks for which side of an agreement, and whose turn a proposal is (第5条第4項)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from files_registry.catalogue.turn_queries import deciding
from files_registry.catalogue.turns import Turn, manager_turn
from files_registry.systems.models import (
    AgreementStatus,
    InformationSystem,
    Side,
    SystemAdministrator,
    SystemAgreement,
)
from files_registry.systems.queries import administrator_of, in_office
from nerima_privacy.calendars.periods import valid_on
from roles.holdings import Holdings
from roles.models import Person, Unit


@dataclass(frozen=True)
class Capacity:
    """What a person is when speaking; an administrator holds no seat of the guideline."""

    label: str


@dataclass(frozen=True)
class Pair:
    """The two sides: who administers the system now, and whose turn the manager's side is.

    Where 保護責任者 administers the system too, or proposed it, the manager's side steps up to the next seat: nobody
    agrees with oneself.
    """

    system: InformationSystem
    unit: Unit
    administrator: SystemAdministrator | None
    turn: Turn

    def side_of(self, user: Person) -> Side | None:
        """For which side the user may speak now; None for neither."""
        if not user.is_active:
            return None
        if self.administrator and self.administrator.person_id == user.pk:
            return Side.ADMINISTRATOR
        return Side.MANAGER if self.turn.post(user) else None

    def capacity(self, user: Person, side: Side) -> "Capacity":
        """In which capacity the user speaks: 「税務課　保護責任者」, 「住民情報システムの管理者」."""
        if side is Side.ADMINISTRATOR:
            return Capacity(f"{self.system.name}の管理者")
        post = self.turn.post(user)
        return Capacity(post.label if post else "")

    def people(self, side: Side, but: int | None = None) -> list[Person]:
        """Who speaks for a side now."""
        serving = [self.administrator.person] if self.administrator else []
        people = self.turn.people if side is Side.MANAGER else serving
        return [person for person in people if person.pk != but]

    def label(self, side: Side) -> str:
        """「税務課　保護責任者」; for the administrator the name, or that there is none."""
        if side is Side.MANAGER:
            return self.turn.label
        return f"管理者　{self.administrator.person.name}" if self.administrator else "管理者（いません）"


def pair_of(system: InformationSystem, unit: Unit, proposer: int | None = None) -> Pair:
    """Who speaks for the system and for the unit now; `proposer` may not answer."""
    administrator = administrator_of(system)
    barred = {administrator.person_id} if administrator else set()
    barred |= {proposer} if proposer else set()
    return Pair(system, unit, administrator, manager_turn(unit, frozenset(barred)))


def can_answer(user: Person, agreement: SystemAgreement, pair: Pair) -> bool:
    """The other side than the one that proposed, and never who proposed (第5条第4項)."""
    other = Side(agreement.side).other
    return user.pk != agreement.proposed_by_id and pair.side_of(user) is other


def can_withdraw(user: Person, agreement: SystemAgreement) -> bool:
    """Who proposed it, and whoever speaks for that side now: a successor may take back what was proposed before."""
    if not user.is_active:
        return False
    if user.pk == agreement.proposed_by_id:
        return True
    return pair_of(agreement.system, agreement.unit).side_of(user) is Side(agreement.side)


def may(user: Person, agreement: SystemAgreement, move: str) -> bool:
    """Whether the user may agree, refuse or withdraw, wherever the agreement stands."""
    if move == "withdraw":
        return can_withdraw(user, agreement)
    return can_answer(user, agreement, pair_of(agreement.system, agreement.unit, agreement.proposed_by_id))


@dataclass(frozen=True)
class Waiting:
    """Who has a proposal now, and since when."""

    seat: str
    since: datetime
    note: str = ""


def who_has_it(agreement: SystemAgreement, pair: Pair) -> Waiting | None:
    """Whose turn a proposal is; None once it is answered."""
    if agreement.status != AgreementStatus.PROPOSED:
        return None
    other = Side(agreement.side).other
    if other is Side.MANAGER:
        return Waiting(pair.turn.label, agreement.status_since, pair.turn.note)
    proposer = pair.administrator and pair.administrator.person_id == agreement.proposed_by_id
    note = "提案した人が管理者になったので、取り下げてから、保護責任者の側で提案してください。" if proposer else ""
    return Waiting(pair.label(other), agreement.status_since, note)


def open_proposals(on: date) -> QuerySet[SystemAgreement]:
    """The proposals that can still be answered: of systems in use on a day."""
    return SystemAgreement.objects.filter(valid_on(on, "system__"), status=AgreementStatus.PROPOSED)


def awaiting(user: Person, holdings: Holdings) -> QuerySet[SystemAgreement]:
    """The proposals `user` is to answer, in either capacity; `Pair` says the same of one."""
    named = in_office(holdings.on).filter(system=OuterRef("system")).order_by("-valid_from", "-pk")
    rows = open_proposals(holdings.on).exclude(proposed_by=user)
    rows = rows.annotate(
        administering=Coalesce(Subquery(named.values("person")[:1], output_field=BigIntegerField()), 0)
    )
    administers = Q(side=Side.MANAGER, administering=user.pk)
    manages = Q(side=Side.ADMINISTRATOR) & deciding(user, holdings, hands=("proposed_by", "administering"))
    return rows.filter(administers | manages)
