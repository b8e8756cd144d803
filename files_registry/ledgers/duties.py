"""What 第15条 and 第17条 ask of files held: a ledger that is kept, media disposed of in time, input verified.

Findings lead to the page of the file, not into its ledger: those who oversee read them too, and have no right there.
Media left behind lead to where they are handed over, which leads those without the right on to the file.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile, ProcessingKind
from files_registry.ledgers.media_queries import LEFT, alone_since, left_behind
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification
from files_registry.ledgers.queries import last_day_of, standing
from files_registry.ledgers.rules import LedgerRule, began, from_values
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.duties.lacking import Due, in_order, lacking, tallied
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Reading, Row, counted, reading
from roles.seats import Seat

FILES = PersonalInformationFile.objects
IN_A_SYSTEM = Q(current__processing=ProcessingKind.COMPUTERISED) | ~Q(current__system_name="")
NOBODY = Q(pk__in=[])


def _held(scope: Scope) -> QuerySet[PersonalInformationFile]:
    """Those held on the day."""
    held = FILES.filter(Q(status=FileStatus.HELD) | Q(status=FileStatus.CEASED, ceased_on__gt=scope.on))
    held = held.filter(Q(held_from=None) | Q(held_from__lte=scope.on))
    return held if scope.units is None else held.filter(unit__in=scope.units)


def _kept(scope: Scope) -> QuerySet[StoredMedium]:
    """The media kept on the day."""
    kept = StoredMedium.objects.filter(stored_on__lte=scope.on)
    kept = kept.filter(Q(disposed_on=None) | Q(disposed_on__gt=scope.on))
    return kept if scope.units is None else kept.filter(file__unit__in=scope.units)


def _rules(scope: Scope) -> Mapping[str, LedgerRule]:
    names = ("confidentiality.classes", "ledger.classes", "verification.classes")
    return scope.once("ledger rules", lambda: from_values({name: scope.parameter(name) for name in names}))


def _older(cut: date) -> Q:
    """Held, and in this system, for longer than since a day: what was taken in lately has time to begin."""
    return (Q(held_from=None) | Q(held_from__lt=cut)) & Q(created_at__lt=midnight(cut))


FILE = ("pk", "name", "number", "unit", "held_from", "created_at", "current__confidentiality")


@duty("ledgers.kept_up", article="15-1", title="取扱台帳の記録", seat=Seat.PROTECTION_MANAGER)
def kept_up(scope: Scope) -> Asked:
    """The ledger of each file held is not silent for longer than its class allows (第15条)."""
    asked, silent, rules = NOBODY, NOBODY, _rules(scope)
    for code, rule in rules.items():
        if not rule.silent_days:
            continue
        cut = scope.on - timedelta(days=rule.silent_days)
        written = standing(LedgerEntry).filter(file=OuterRef("pk"), on__gte=cut, on__lte=scope.on)
        own = Q(current__confidentiality=code)
        asked |= own
        silent |= own & _older(cut) & Q(~Exists(written))
    files = _held(scope).filter(asked)
    last_on = last_day_of(LedgerEntry, scope.on)
    found, by_unit = yield [reading(files.filter(silent), *FILE, last_on), counted(files, "unit")]
    findings = []
    for pk, name, number, unit_id, held_from, created_at, code, last in sorted(found):
        since = last or began(held_from, created_at)
        findings.append(
            Finding(
                subject=f"{name}（{number}）",
                url=reverse("files:detail", args=[pk]),
                unit_id=unit_id,
                since=since,
                due_on=since + timedelta(days=rules[code].silent_days),
                clears="入力・更新の権限をもつ人が取扱台帳に記録すると消えます。取扱いがなかったときは、点検を記録してください。",
                key=f"file:{pk}",
            )
        )
    return Outcome.counted(dict(by_unit), findings)


@duty("ledgers.disposed_in_time", article="15-1", title="保存期間を過ぎた媒体の処分", seat=Seat.PROTECTION_MANAGER)
def disposed_in_time(scope: Scope) -> Asked:
    """No medium is kept past its retention (第15条); counted from the 4月1日 after the fiscal year of completion."""
    kept = _kept(scope)
    past = kept.filter(keep_until__lt=scope.on)

    def word(row: Row) -> Finding:
        until, pk, label, file, name, unit_id = row
        return Finding(
            subject=f"{label}（{name}）",
            url=reverse("files:detail", args=[file]),
            unit_id=unit_id,
            since=until + timedelta(days=1),
            due_on=until,
            clears="削除の権限をもつ人が処分を記録すると消えます。まだ要るときは、完結した日か保存年限を改めてください。",
            key=f"medium:{pk}",
        )

    read = reading(past, "keep_until", "pk", "label", "file", "file__name", "file__unit")
    found, by_unit = yield [
        lacking(scope, read, word, due=Due("keep_until"), unit="file__unit"),
        counted(kept, "file__unit"),
    ]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("ledgers.media_answered_for", article="15-1", title="媒体の保管の責任をもつ人", seat=Seat.PROTECTION_MANAGER)
def media_answered_for(scope: Scope) -> Asked:
    """Each medium kept has somebody who answers for it and still works where the file is held (第15条).

    Those of a file are one finding: who kept them leaves all of them behind at once, and they are handed over at once.
    """
    kept = _kept(scope)

    def word(row: Row) -> Finding:
        pk, name, unit_id, code, count, since = row
        return Finding(
            subject=f"{name}（{count:,}件）",
            url=f"{reverse('ledgers:hand-over', args=[code])}?responsible={LEFT}&file={pk}",
            unit_id=unit_id,
            since=since,
            due_on=None,
            clears="入力・更新の権限をもつ人が、媒体の責任をもつ人をいまの職員に変えると消えます。まとめて変えられます。",
            key=f"media:{pk}",
        )

    files = FILES.filter(Exists(kept.filter(file=OuterRef("pk"))))
    found, by_unit = yield [_left_by_file(scope, kept, word), counted(files, "unit")]
    return Outcome.counted(dict(by_unit), in_order(found))


def _left_by_file(scope: Scope, kept: QuerySet[StoredMedium], word: Callable[[Row], Finding]) -> Reading:
    """`word` is given (file, its name, unit and the unit's code, how many media, since when the first is left)."""
    gone, alone = left_behind(kept, scope.on), alone_since(scope.on)
    if scope.counting:
        return tallied(scope, gone, due=Due(alone, undated=True), unit="file__unit", of="file")
    of = ("file", "file__name", "file__unit", "file__unit__code")
    rows = gone.order_by().annotate(alone=alone).values(*of).annotate(many=Count("pk"), first=Min("alone"))
    return Reading(rows, (*of, "many", "first"), word)


@duty("ledgers.input_verified", article="17-1", title="入力の照合", seat=Seat.PROTECTION_MANAGER)
def input_verified(scope: Scope) -> Asked:
    """Of each file in a system, every way of verifying that its class asks for was done in the period (第17条)."""
    asked, missing, rules = NOBODY, NOBODY, _rules(scope)
    for code, rule in rules.items():
        if not (rule.ways and rule.verify_days):
            continue
        cut = scope.on - timedelta(days=rule.verify_days)
        done = standing(Verification).filter(file=OuterRef("pk"), on__gte=cut, on__lte=scope.on)
        lacking = NOBODY
        for way in rule.ways:
            lacking |= Q(~Exists(done.filter(way=way)))
        own = Q(current__confidentiality=code)
        asked |= own
        missing |= own & _older(cut) & lacking
    files = _held(scope).filter(asked).filter(IN_A_SYSTEM)
    last_on = last_day_of(Verification, scope.on)
    found, by_unit = yield [reading(files.filter(missing), *FILE, last_on), counted(files, "unit")]
    findings = []
    for pk, name, number, unit_id, held_from, created_at, code, last in sorted(found):
        since = last or began(held_from, created_at)
        findings.append(
            Finding(
                subject=f"{name}（{number}）",
                url=reverse("files:detail", args=[pk]),
                unit_id=unit_id,
                since=since,
                due_on=min(since + timedelta(days=rules[code].verify_days), scope.on - timedelta(days=1)),
                clears="入力・更新の権限をもつ人が、区分の求める照合をすべて記録すると消えます。",
                key=f"file:{pk}",
            )
        )
    return Outcome.counted(dict(by_unit), findings)
