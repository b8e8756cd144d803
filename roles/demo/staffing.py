"""Who works where and holds which seat in the demonstration: every basis, a vacancy, an acting holder, mid-year change.

Days are counted from today, so that the demonstration always stands in the middle of its year.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from nerima_privacy.calendars.periods import today
from roles.demo.accounts import ACCOUNTS, PASSWORD
from roles.demo.names import names
from roles.models import Appointment, Engagement, Person, Posting, Unit
from roles.seats import Basis, Seat

START = date(2023, 4, 1)
HEADS = {
    "1400": "soumu-bucho",
    "1700": "kumin-bucho",
    "1720": "zeimu-kacho",
    "1430": "joho-kacho",
    "1440": "kansa",
    "5001": "toyotama-kocho",
}
OFFICERS = {"1720": ["zeimu-tanto1", "zeimu-tanto2"], "1430": ["joho-tanto"], "5001": ["toyotama-fuku"]}
STAFF = {
    "1130": ["kanrisha", ""],
    "1430": ["joho-shokuin", ""],
    "1720": ["zeimu-shokuin1", "zeimu-shokuin2"],
    "2110": ["fukushi-dairi", ""],
    "5001": ["toyotama-kyoshi", "", ""],
}
# 部 headed by the head of another 部; 課 headed by the head of another 課.
HEADED_BY = {
    "1500": ("1400", Basis.CHARGE),
    "1900": ("1800", Basis.CONCURRENT),
    "2200": ("2100", Basis.CONCURRENT),
    "2400": ("2300", Basis.CONCURRENT),
    "1210": ("1110", Basis.CONCURRENT),
}
EXCHANGED_LAST_APRIL = [("1310", "1320"), ("2510", "2520"), ("2610", "2620")]
VACANT = "2730"
ACTING = "2110"
WITHOUT_OFFICER = {"2830", "7002"}
SECURITY = {
    Seat.DEPARTMENT_PROTECTION_MANAGER: ("情報セキュリティ管理責任者", ""),
    Seat.PROTECTION_MANAGER: ("情報セキュリティ責任者", "学校情報セキュリティ管理責任者"),
    Seat.PROTECTION_OFFICER: ("情報セキュリティ担当者", "学校情報セキュリティ管理者"),
}
ENGAGED = {"zeimu-haken": Engagement.DISPATCHED}
DAY = timedelta(days=1)


def title_of(unit: Unit) -> str:
    """What the head of a unit is called."""
    if unit.is_school:
        return "園長" if unit.name.endswith("幼稚園") else "校長"
    for ending, title in {"事務局": "事務局長", "課": "課長", "部": "部長", "室": "室長", "図書館": "館長"}.items():
        if unit.name.endswith(ending):
            return title
    return "所長"


class Staffing:
    """Collects people, postings and appointments, to be written in bulk."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.code: unit for unit in units}
        self.people: list[Person] = []
        self.postings: list[Posting] = []
        self.appointments: list[Appointment] = []
        self.heads: dict[str, Person] = {}
        self._names = names()
        self._accounts = {account.username: account for account in ACCOUNTS}
        self._hash = make_password(PASSWORD)
        on = today()
        self.april = date(on.year if on.month >= 4 else on.year - 1, 4, 1)
        self.october = date(on.year if on.month >= 10 else on.year - 1, 10, 1)
        self.month = on.replace(day=1)
        self.today = on

    def person(self, username: str = "", active: bool = True, engagement: Engagement = Engagement.WARD) -> Person:
        """A new person: the account of that name, or one who cannot log in."""
        number = username or f"N{len(self.people) + 1:05}"
        account = self._accounts.get(username)
        name, kana = (account.name, account.kana) if account else next(self._names)
        self.people.append(
            Person(
                staff_number=number,
                name=name,
                kana=kana,
                email=f"{number.lower()}@nerima.example.jp",
                engagement=ENGAGED.get(username, engagement),
                is_active=active,
                password=self._hash if account else "!",
            )
        )
        return self.people[-1]

    def work(
        self, person: Person, unit: Unit, title: str, begin: date = START, end: date | None = None, main: bool = True
    ) -> None:
        """A posting; it ends with the unit at the latest."""
        end = min(filter(None, [end, unit.valid_to]), default=None)
        self.postings.append(
            Posting(
                person=person,
                unit=unit,
                title=title,
                is_main=main,
                valid_from=max(begin, unit.valid_from),
                valid_to=end,
            )
        )

    def seat(
        self,
        seat: Seat,
        person: Person,
        unit: Unit | None = None,
        basis: Basis = Basis.EX_OFFICIO,
        begin: date = START,
        end: date | None = None,
        **more: Any,
    ) -> None:
        """An appointment; it ends with the unit at the latest."""
        if unit is not None:
            end = min(filter(None, [end, unit.valid_to]), default=None)
        if basis != Basis.ACTING and seat in SECURITY:
            more.setdefault("security_post", SECURITY[seat][unit is not None and unit.is_school])
        self.appointments.append(
            Appointment(seat=seat, person=person, unit=unit, basis=basis, valid_from=begin, valid_to=end, **more)
        )

    def fill(self) -> None:
        """Everybody, everywhere."""
        for unit in self.units.values():
            self._head(unit)
        for code, (other, basis) in HEADED_BY.items():
            self._headed_by(self.units[code], self.heads[other], basis)
        for unit in self.units.values():
            if unit.is_section or unit.is_school:
                self._officers(unit)
                self._staff(unit)
        self._exchange()
        self._acting()
        self._vacancy()
        self._merged_school()
        self._ward_seats()

    def _head(self, unit: Unit) -> None:
        if unit.code in HEADED_BY:
            return
        head = self.heads[unit.code] = self.person(HEADS.get(unit.code, ""))
        self.work(head, unit, title_of(unit))
        self._head_seats(unit, head, Basis.EX_OFFICIO)

    def _headed_by(self, unit: Unit, head: Person, basis: Basis) -> None:
        self.work(head, unit, f"{title_of(unit)}（{basis.label}）", main=False)
        self._head_seats(unit, head, basis)

    def _head_seats(self, unit: Unit, head: Person, basis: Basis) -> None:
        begin = max(START, unit.valid_from)
        if unit.is_department:
            self.seat(Seat.DEPARTMENT_PROTECTION_MANAGER, head, unit, basis, begin)
        if unit.is_section or unit.is_school:
            self.seat(Seat.PROTECTION_MANAGER, head, unit, basis, begin)

    def _officers(self, unit: Unit) -> None:
        if unit.code in WITHOUT_OFFICER:
            return
        several = 1 if unit.is_school or int(unit.code) % 20 else 2
        title = "副園長" if unit.name.endswith("幼稚園") else "副校長" if unit.is_school else "係長"
        for username in OFFICERS.get(unit.code, [""] * several):
            officer = self.person(username)
            self.work(officer, unit, title)
            self.seat(Seat.PROTECTION_OFFICER, officer, unit)

    def _staff(self, unit: Unit) -> None:
        for username in STAFF.get(unit.code, ["", ""]):
            self.work(self.person(username), unit, "教諭" if unit.is_school else "主事")
        if unit.code == "1720":
            self.work(self.person("zeimu-haken"), unit, "派遣職員", begin=self.april)
        if unit.code == "1130":
            self.work(self.person(engagement=Engagement.CONTRACTOR), unit, "システム運用（委託）", begin=self.april)

    def _exchange(self) -> None:
        """Two heads who changed places on 1 April: seats and postings before that day stay readable."""
        for first, second in EXCHANGED_LAST_APRIL:
            for code, before in ((first, second), (second, first)):
                head, earlier = self.heads[code], self.units[before]
                for row in self._rows_of(head):
                    row.valid_from = self.april
                self.work(head, earlier, title_of(earlier), end=self.april - DAY)
                self.seat(Seat.PROTECTION_MANAGER, head, earlier, end=self.april - DAY)

    def _rows_of(self, person: Person) -> list[Posting | Appointment]:
        rows: list[Posting | Appointment] = [*self.postings, *self.appointments]
        return [row for row in rows if row.person is person]

    def _acting(self) -> None:
        """The head of 管理課 is away: acted for from twenty days ago until ten days from now, then back."""
        unit, head = self.units[ACTING], self.heads[ACTING]
        first, last = self.today - 20 * DAY, self.today + 10 * DAY
        regular = next(a for a in self.appointments if a.person is head)
        regular.valid_to = first - DAY
        deputy = next(p for p in self.people if p.staff_number == "fukushi-dairi")
        self.seat(
            Seat.PROTECTION_MANAGER, deputy, unit, Basis.ACTING, first, last, reason="課長が長期の出張で不在のため"
        )
        self.seat(Seat.PROTECTION_MANAGER, head, unit, begin=last + DAY)

    def _vacancy(self) -> None:
        """The head of 開発調整課 left at the end of last month; nobody followed."""
        head = self.heads[VACANT]
        head.is_active = False
        for row in self._rows_of(head):
            row.valid_to = self.month - DAY

    def _merged_school(self) -> None:
        """People of the school that ended went to the one that took it over; its head retired."""
        closed, taker = self.units["5006"], self.units["5007"]
        assert closed.valid_to is not None  # noqa: S101  # load_ward() gave it its last day
        for row in [p for p in self.postings if p.unit is closed]:
            if row.person is self.heads["5006"]:
                row.person.is_active = False
            else:
                self.work(row.person, taker, row.title, begin=closed.valid_to + DAY)

    def _ward_seats(self) -> None:
        named = {person.staff_number: person for person in self.people}
        before, chief = self.person(active=False), self.person("soukatsu")
        self.seat(Seat.GENERAL_PROTECTION_MANAGER, before, end=self.october - DAY)
        self.seat(Seat.GENERAL_PROTECTION_MANAGER, chief, begin=self.october)
        self.seat(Seat.DISCLOSURE_MANAGER, named["joho-kacho"])
        for username in ("joho-shokuin", "joho-tanto"):
            self.seat(Seat.DISCLOSURE_STAFF, named[username], basis=Basis.NAMED)
        self.seat(Seat.SYSTEM_ADMINISTRATOR, named["kanrisha"], basis=Basis.NAMED)
        for officer, code in ((named["kansa"], "1440"), (self.heads["1300"], "1300")):
            self.seat(
                Seat.AUDIT_OFFICER,
                officer,
                basis=Basis.NAMED,
                begin=self.april,
                appointed_by=before if self.april < self.october else chief,
                order_document="任命書（模擬）",
                reason=f"情報システムの運用にも窓口業務にも関わらず、{self.units[code].name}以外を公平に監査できるため。",
            )
