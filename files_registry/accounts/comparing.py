"""An account list against the rights of its day: which accounts do not agree, and why (第11条第1項).

The number of queries does not depend on how many accounts, people or files there are. People are read as a stream, and
only those in the list or with a right are kept.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from files_registry.accounts.models import AccountComparison, AccountFinding, ComparisonStatus, FindingKind, Why
from files_registry.accounts.reading import Account, Reading
from files_registry.accounts.rights_then import RightsThen, Somebody, people, rights_in, rights_on
from files_registry.systems.models import InformationSystem
from nerima_privacy.imports.parsing import folded

K = FindingKind
SHOWN_OF_A_KIND = 100
STRANGERS_SHOWN = 100


@dataclass(frozen=True)
class Found:
    """One line of the result. `continues` is the finding of the last comparison that is still there."""

    kind: FindingKind
    why: Why
    account: str
    staff_number: str
    person: int | None
    words: str
    over: str
    last_login: date | None
    continues: int | None = None
    carried: int | None = None  # the answer of the last time that still stands

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same finding the next time."""
        return (self.kind, folded(self.account) or f"#{self.person}")


@dataclass
class Result:
    """Everything a comparison would record, and what it would close."""

    found: list[Found] = field(default_factory=list)
    resolved: int = 0
    accounts: int = 0
    stopped: int = 0
    agreeing: int = 0
    strangers: list[str] = field(default_factory=list)  # cells whose name is another than that of the staff number

    def counts(self) -> dict[str, int]:
        """How many of each kind, and of those nothing was found about."""
        of_kinds = Counter(found.kind.value for found in self.found)
        lasting = sum(1 for found in self.found if found.continues and found.kind != K.MISSING)
        return {
            **{kind.value: of_kinds.get(kind.value, 0) for kind in K},
            "accounts": self.accounts,
            "stopped": self.stopped,
            "agreeing": self.agreeing,
            "lasting": lasting,
            "resolved": self.resolved,
        }

    def digest(self) -> str:
        """What was shown, in one number: the same rows against the same rights give the same."""
        rows = [[f.kind, f.why, f.account, f.person, f.staff_number, f.words, f.over, str(f.last_login), f.continues,
                 f.carried] for f in self.found]  # fmt: skip
        text = json.dumps([self.counts(), rows], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def shown(self) -> dict[str, list[list[Any]]]:
        """The first lines of each kind for the page of the dry run, with no name in them."""
        lines: dict[str, list[list[Any]]] = {kind.value: [] for kind in K}
        for f in self.found:
            if len(lines[f.kind]) < SHOWN_OF_A_KIND:
                last = f.last_login.isoformat() if f.last_login else ""
                line = [f.why, f.account, f.staff_number, f.person, f.words, f.over, last, bool(f.continues)]
                lines[f.kind].append(line)
        return lines


class Everybody:
    """The people of the list, by staff number; and those with a right."""

    def __init__(self, accounts: Reading, rights: RightsThen, on: date) -> None:
        wanted = {folded(account.staff) for account in accounts.accounts.values()} - {""}
        loose = {number.lstrip("0") for number in wanted}
        with_rights = rights.people()
        self.by_number: dict[str, Somebody] = {}
        self.by_key: dict[int, Somebody] = {}
        self._loose: dict[str, Somebody | None] = {}
        for somebody in people(on):
            number = folded(somebody.staff_number)
            if number in wanted:
                self.by_number[number] = somebody
            if (plain := number.lstrip("0")) in loose:
                self._loose[plain] = None if plain in self._loose else somebody
            if somebody.pk in with_rights:
                self.by_key[somebody.pk] = somebody

    def of(self, number: str) -> Somebody | None:
        """Whose staff number it is; Excel takes leading zeros away, which is forgiven where nobody else is meant."""
        plain = folded(number)
        loose = plain.lstrip("0")
        return self.by_number.get(plain) or (self._loose.get(loose) if loose else None)


def compare(system: InformationSystem, on: date, reading: Reading) -> Result:
    """The accounts against the rights of the day, and against what was found the last time."""
    rights = rights_on(system, on)
    everybody = Everybody(reading, rights, on)
    result = Result(accounts=len(reading.accounts))
    found = [*_of_accounts(reading, rights, everybody, result), *_missing(reading, rights, everybody)]
    order = {kind: place for place, kind in enumerate(K)}
    found.sort(key=lambda f: (order[f.kind], folded(f.account), f.person or 0))
    _against_the_last(system, on, found, result)
    return result


def _of_accounts(reading: Reading, rights: RightsThen, everybody: Everybody, result: Result) -> Iterator[Found]:
    for account in reading.accounts.values():
        somebody = everybody.of(account.staff)
        if somebody and account.name and folded(account.name) != folded(somebody.name):
            result.strangers.append(account.cell)
        if account.stopped:
            result.stopped += 1
            continue
        verdict = judge(account, somebody, rights)
        if verdict is None:
            result.agreeing += 1
            continue
        kind, why, over = verdict
        yield Found(
            kind, why, account.account, account.staff, somebody.pk if somebody else None, account.words,
            " ".join(right.value for right in rights_in(over)), account.last_login,
        )  # fmt: skip


def judge(account: Account, somebody: Somebody | None, rights: RightsThen) -> tuple[FindingKind, Why, int] | None:
    """What is amiss with one account that works, with the rights beyond what was granted; None where it agrees."""
    if somebody is None:
        return K.UNKNOWN, Why.NOT_KNOWN if account.staff else Why.NO_NUMBER, account.rights
    if not somebody.active:
        return K.GONE, Why.INACTIVE, account.rights
    if not somebody.placed:
        return K.GONE, Why.NO_POST, account.rights
    has = rights.of(somebody)
    if not has:
        moved = somebody.pk in rights.moved
        return (K.GONE, Why.MOVED, account.rights) if moved else (K.EXCESS, Why.NO_RIGHT, account.rights)
    over = account.rights & ~has
    return (K.WIDER, Why.BEYOND, over) if over else None


def _missing(reading: Reading, rights: RightsThen, everybody: Everybody) -> Iterator[Found]:
    """People with a right and no account, not even a stopped one: to be told, not to be answered for."""
    known = {s.pk for account in reading.accounts.values() if (s := everybody.of(account.staff))}
    for somebody in everybody.by_key.values():
        if somebody.pk not in known and somebody.placed and rights.of(somebody):
            yield Found(K.MISSING, Why.NO_ACCOUNT, "", somebody.staff_number, somebody.pk, "", "", None)


def last_recorded(system: InformationSystem) -> AccountComparison | None:
    """The comparison of the system that was recorded last."""
    recorded = AccountComparison.objects.filter(system=system, status=ComparisonStatus.RECORDED)
    return recorded.defer("payload", "shown", "problems").order_by("-pk").first()


def _against_the_last(system: InformationSystem, on: date, found: list[Found], result: Result) -> None:
    """Which findings were there the last time. An answer with a date stands on, as long as no more is beyond it."""
    last = last_recorded(system)
    before: dict[tuple[str, str], tuple[int, int | None, str, int | None, date | None]] = {}
    if last is not None:
        rows = AccountFinding.objects.filter(comparison=last).order_by()
        columns = ("pk", "kind", "account", "person", "over", "answer", "answer__until")
        for pk, kind, account, person, over, answer, until in rows.values_list(*columns).iterator(chunk_size=2_000):
            before[kind, folded(account) or f"#{person}"] = (pk, person, over, answer, until)
    lasting = 0
    for one in found:
        earlier = before.get(one.key)
        continues = carried = None
        if earlier is not None:
            continues, person, over, answer, until = earlier
            lasting += one.kind != K.MISSING
            stands = answer is not None and until is not None and until >= on and person == one.person
            carried = answer if stands and set(one.over.split()) <= set(over.split()) else None
        result.found.append(Found(**{**vars(one), "continues": continues, "carried": carried}))
    result.resolved = sum(1 for kind, _ in before if kind != K.MISSING) - lasting
