"""What 第10条 asks of files: none held without a notification, none ceased without one, none left without a home."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

FILES = PersonalInformationFile.objects
# Reached through the relation: catalogue lies below filings and never imports it.
FILINGS = PersonalInformationFile._meta.get_field("filings").related_model._default_manager
ONE_DAY = timedelta(days=1)


def _held(scope: Scope) -> QuerySet[PersonalInformationFile]:
    """Those held on the day."""
    held = FILES.filter(status=FileStatus.HELD) | FILES.filter(status=FileStatus.CEASED, ceased_on__gt=scope.on)
    return _within(held.filter(Q(held_from=None) | Q(held_from__lte=scope.on)), scope)


def _ceased(scope: Scope) -> QuerySet[PersonalInformationFile]:
    return _within(FILES.filter(status=FileStatus.CEASED, ceased_on__lte=scope.on), scope)


def _within(files: QuerySet[PersonalInformationFile], scope: Scope) -> QuerySet[PersonalInformationFile]:
    return files if scope.units is None else files.filter(unit__in=scope.units)


def _unit_counts(files: QuerySet[PersonalInformationFile]) -> Counter[int | None]:
    rows = files.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n")
    return Counter(dict(rows))


def _finding(file: PersonalInformationFile, since: date, due_on: date | None, clears: str) -> Finding:
    return Finding(
        subject=f"{file.name}（{file.number}）",
        url=file.get_absolute_url(),
        unit_id=file.unit_id,
        since=since,
        due_on=due_on,
        clears=clears,
        key=f"file:{file.pk}",
    )


def _slim(files: QuerySet[PersonalInformationFile]) -> Iterable[PersonalInformationFile]:
    return files.defer("search_text", "disposal_note").order_by("pk")


@duty("files.held_with_notice", article="10-1", title="届出のある保有", seat=Seat.PROTECTION_MANAGER)
def held_with_notice(scope: Scope) -> Outcome:
    """No file is held that was never notified, on paper before this system or in it (第10条第1項)."""
    held = _held(scope)
    filed = FILINGS.filter(file=OuterRef("pk"), filed_at__isnull=False)
    findings = []
    for file in _slim(held.filter(Q(first_filed_on=None) & ~Exists(filed))):
        since = file.held_from or timezone.localdate(file.created_at)
        findings.append(
            _finding(
                file,
                since,
                since - ONE_DAY,
                "保護責任者が「すでに保有している」として、おくれた理由とともに届け出ると消えます。",
            )
        )
    return Outcome.counted(scope.once("files held by unit", lambda: _unit_counts(held)), findings)


@duty("files.home_is_current", article="10-1", title="組織の変更の届出", seat=Seat.PROTECTION_MANAGER)
def home_is_current(scope: Scope) -> Outcome:
    """A held file names a living 課 or 学校; when its unit has ended, cell 3 changes by notification (第10条第1項)."""
    held = _held(scope)
    under_way = FILINGS.filter(file=OuterRef("pk"), filed_at__isnull=False, closed_at=None)
    homeless = held.filter(unit__valid_to__lt=scope.on).filter(~Exists(under_way)).select_related("unit")
    findings = [
        _finding(
            file,
            (file.unit.valid_to or scope.on) + ONE_DAY,
            file.unit.valid_to,
            "後継の組織の保護責任者が、3欄を改める変更の届出、または廃止の届出をすると消えます。"
            "後継の組織がないときは、システム管理者が組織に登録してください。",
        )
        for file in _slim(homeless)
    ]
    return Outcome.counted(scope.once("files held by unit", lambda: _unit_counts(held)), findings)


@duty("files.ceased_with_notice", article="10-3", title="届出のある廃止", seat=Seat.PROTECTION_MANAGER)
def ceased_with_notice(scope: Scope) -> Outcome:
    """No file ceases without its notification, such as one loaded as ceased (第10条第3項)."""
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    ceased = _ceased(scope)
    filed = FILINGS.filter(file=OuterRef("pk"), kind="cease", filed_at__isnull=False)
    findings = []
    for file in _slim(ceased.filter(~Exists(filed))):
        since = file.ceased_on or scope.on
        findings.append(_finding(file, since, since + days, "保護責任者が廃止の届出をすると消えます。"))
    return Outcome.counted(scope.once("files ceased by unit", lambda: _unit_counts(ceased)), findings)


@duty("files.disposal_recorded", article="10-3", title="廃止後のデータの記録", seat=Seat.PROTECTION_MANAGER)
def disposal_recorded(scope: Scope) -> Outcome:
    """What happened to the data of a ceased file is written down (第10条第3項). Due as promptly as the notification."""
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    ceased = _ceased(scope)
    open_ones = ceased.filter(Q(disposal="") | Q(disposed_on__gt=scope.on))
    findings = []
    for file in _slim(open_ones):
        since = file.ceased_on or scope.on
        findings.append(
            _finding(
                file,
                since,
                since + days,
                "保護責任者または保護担当者が、消去・移管・返却のどれをいつ行ったか記録すると消えます。",
            )
        )
    return Outcome.counted(scope.once("files ceased by unit", lambda: _unit_counts(ceased)), findings)
