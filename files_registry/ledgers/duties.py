"""What 第15条 and 第17条 ask of files held: a ledger that is kept, media disposed of in time, input verified."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, PersonalInformationFile, ProcessingKind
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification
from files_registry.ledgers.queries import last_day_of, standing
from files_registry.ledgers.rules import LedgerRule, from_values, rule_of
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

FILES = PersonalInformationFile.objects
IN_A_SYSTEM = Q(current__processing=ProcessingKind.COMPUTERISED) | ~Q(current__system_name="")
NOBODY = Q(pk__in=[])


def _held(scope: Scope) -> QuerySet[PersonalInformationFile]:
    """Those held on the day."""
    held = FILES.filter(Q(status=FileStatus.HELD) | Q(status=FileStatus.CEASED, ceased_on__gt=scope.on))
    held = held.filter(Q(held_from=None) | Q(held_from__lte=scope.on))
    return held if scope.units is None else held.filter(unit__in=scope.units)


def _rules(scope: Scope) -> Mapping[str, LedgerRule]:
    names = ("confidentiality.classes", "ledger.classes", "verification.classes")
    return scope.once("ledger rules", lambda: from_values({name: scope.parameter(name) for name in names}))


def _counts(files: QuerySet[PersonalInformationFile]) -> Counter[int | None]:
    return Counter(dict(files.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n")))


def _older(cut: date) -> Q:
    """Held, and in this system, for longer than since a day: what was taken in lately has time to begin."""
    midnight = timezone.make_aware(datetime.combine(cut, time.min))
    return (Q(held_from=None) | Q(held_from__lt=cut)) & Q(created_at__lt=midnight)


def _began(file: PersonalInformationFile) -> date:
    """From when silence is counted while nothing was ever written."""
    known = timezone.localdate(file.created_at)
    return max(known, file.held_from) if file.held_from else known


def _slim(files: QuerySet[PersonalInformationFile]) -> QuerySet[PersonalInformationFile]:
    return files.select_related("current").only(
        *("number", "name", "unit", "held_from", "created_at", "current__confidentiality")
    )


@duty("ledgers.kept_up", article="15-1", title="取扱台帳の記録", seat=Seat.PROTECTION_MANAGER)
def kept_up(scope: Scope) -> Outcome:
    """The ledger of each file held is not silent for longer than its class allows (第15条)."""
    asked, silent = NOBODY, NOBODY
    for code, rule in _rules(scope).items():
        if not rule.silent_days:
            continue
        cut = scope.on - timedelta(days=rule.silent_days)
        written = standing(LedgerEntry).filter(file=OuterRef("pk"), on__gte=cut, on__lte=scope.on)
        own = Q(current__confidentiality=code)
        asked |= own
        silent |= own & _older(cut) & Q(~Exists(written))
    files = _held(scope).filter(asked)
    findings = []
    for file in _slim(files.filter(silent)).annotate(last_on=last_day_of(LedgerEntry, scope.on)).order_by("pk"):
        days = timedelta(days=rule_of(file, _rules(scope)).silent_days)
        since = file.last_on or _began(file)
        findings.append(
            Finding(
                subject=f"{file.name}（{file.number}）",
                url=reverse("ledgers:detail", args=[file.pk]),
                unit_id=file.unit_id,
                since=since,
                due_on=since + days,
                clears="入力・更新の権限をもつ人が取扱台帳に記録すると消えます。取扱いがなかったときは、点検を記録してください。",
                key=f"file:{file.pk}",
            )
        )
    return Outcome.counted(_counts(files), findings)


@duty("ledgers.disposed_in_time", article="15-1", title="保存期間を過ぎた媒体の処分", seat=Seat.PROTECTION_MANAGER)
def disposed_in_time(scope: Scope) -> Outcome:
    """No medium is kept past its retention (第15条); counted from the 4月1日 after the fiscal year of completion."""
    kept = StoredMedium.objects.filter(stored_on__lte=scope.on)
    kept = kept.filter(Q(disposed_on=None) | Q(disposed_on__gt=scope.on))
    if scope.units is not None:
        kept = kept.filter(file__unit__in=scope.units)
    by_unit = kept.order_by().values("file__unit").annotate(n=Count("pk")).values_list("file__unit", "n")
    past = kept.filter(keep_until__lt=scope.on).select_related("file").order_by("keep_until")
    findings = [
        Finding(
            subject=f"{medium.label}（{medium.file.name}）",
            url=medium.get_absolute_url(),
            unit_id=medium.file.unit_id,
            since=(medium.keep_until or scope.on) + timedelta(days=1),
            due_on=medium.keep_until,
            clears="削除の権限をもつ人が処分を記録すると消えます。まだ要るときは、完結した日か保存年限を改めてください。",
            key=f"medium:{medium.pk}",
        )
        for medium in past.only("label", "keep_until", "file__name", "file__unit")
    ]
    return Outcome.counted(Counter(dict(by_unit)), findings)


@duty("ledgers.input_verified", article="17-1", title="入力の照合", seat=Seat.PROTECTION_MANAGER)
def input_verified(scope: Scope) -> Outcome:
    """Of each file in a system, every way of verifying that its class asks for was done in the period (第17条)."""
    asked, missing = NOBODY, NOBODY
    for code, rule in _rules(scope).items():
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
    findings = []
    for file in _slim(files.filter(missing)).annotate(last_on=last_day_of(Verification, scope.on)).order_by("pk"):
        rule = rule_of(file, _rules(scope))
        since = file.last_on or _began(file)
        findings.append(
            Finding(
                subject=f"{file.name}（{file.number}）",
                url=reverse("ledgers:verifications", args=[file.pk]),
                unit_id=file.unit_id,
                since=since,
                due_on=min(since + timedelta(days=rule.verify_days), scope.on - timedelta(days=1)),
                clears="入力・更新の権限をもつ人が、区分の求める照合をすべて記録すると消えます。",
                key=f"file:{file.pk}",
            )
        )
    return Outcome.counted(_counts(files), findings)
