"""What 第10条 asks of files: none held without a notification, none ceased without one, none left without a home."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from nerima_privacy.duties.lacking import Due, in_order, lacking
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Reading, Row, counted, reading
from roles.seats import Seat

FILES = PersonalInformationFile.objects
# Reached through the relation: catalogue lies below filings and never imports it.
FILINGS = PersonalInformationFile._meta.get_field("filings").related_model._default_manager
NONE, ONE_DAY = timedelta(), timedelta(days=1)


def _held(scope: Scope) -> QuerySet[PersonalInformationFile]:
    """Those held on the day."""
    held = FILES.filter(status=FileStatus.HELD) | FILES.filter(status=FileStatus.CEASED, ceased_on__gt=scope.on)
    return _within(held.filter(Q(held_from=None) | Q(held_from__lte=scope.on)), scope)


def _ceased(scope: Scope) -> QuerySet[PersonalInformationFile]:
    return _within(FILES.filter(status=FileStatus.CEASED, ceased_on__lte=scope.on), scope)


def _within(files: QuerySet[PersonalInformationFile], scope: Scope) -> QuerySet[PersonalInformationFile]:
    return files if scope.units is None else files.filter(unit__in=scope.units)


def _held_by_unit(scope: Scope) -> Reading:
    return scope.once("files held by unit", lambda: counted(_held(scope), "unit"))


def _ceased_by_unit(scope: Scope) -> Reading:
    return scope.once("files ceased by unit", lambda: counted(_ceased(scope), "unit"))


def _short(
    scope: Scope,
    files: QuerySet[PersonalInformationFile],
    day: str | Combinable,
    clears: str,
    *,
    begins: timedelta = NONE,
    due: timedelta = NONE,
) -> Reading:
    """Files that fall short since `begins` after a day, and have until `due` after it."""

    def word(row: Row) -> Finding:
        pk, name, number, unit_id, from_day = row
        return Finding(
            subject=f"{name}（{number}）",
            url=reverse("files:detail", args=[pk]),
            unit_id=unit_id,
            since=from_day + begins,
            due_on=from_day + due,
            clears=clears,
            key=f"file:{pk}",
        )

    return lacking(scope, reading(files, "pk", "name", "number", "unit", day), word, due=Due(day, due))


@duty("files.held_with_notice", article="10-1", title="届出のある保有", seat=Seat.PROTECTION_MANAGER)
def held_with_notice(scope: Scope) -> Asked:
    """No file is held that was never notified, on paper before this system or in it (第10条第1項)."""
    filed = FILINGS.filter(file=OuterRef("pk"), filed_at__isnull=False)
    never = _held(scope).filter(Q(first_filed_on=None) & ~Exists(filed))
    since = Coalesce("held_from", TruncDate("created_at"))
    clears = "保護責任者が「すでに保有している」として、おくれた理由とともに届け出ると消えます。"
    found, by_unit = yield [_short(scope, never, since, clears, due=-ONE_DAY), _held_by_unit(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("files.home_is_current", article="10-1", title="組織の変更の届出", seat=Seat.PROTECTION_MANAGER)
def home_is_current(scope: Scope) -> Asked:
    """A held file names a living 課 or 学校; when its unit has ended, cell 3 changes by notification (第10条第1項)."""
    under_way = FILINGS.filter(file=OuterRef("pk"), filed_at__isnull=False, closed_at=None)
    homeless = _held(scope).filter(unit__valid_to__lt=scope.on).filter(~Exists(under_way))
    clears = (
        "後継の組織の保護責任者が、3欄を改める変更の届出、または廃止の届出をすると消えます。"
        "後継の組織がないときは、システム管理者が組織に登録してください。"
    )
    short = _short(scope, homeless, "unit__valid_to", clears, begins=ONE_DAY)
    found, by_unit = yield [short, _held_by_unit(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("files.ceased_with_notice", article="10-3", title="届出のある廃止", seat=Seat.PROTECTION_MANAGER)
def ceased_with_notice(scope: Scope) -> Asked:
    """No file ceases without its notification, such as one loaded as ceased (第10条第3項)."""
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    filed = FILINGS.filter(file=OuterRef("pk"), kind="cease", filed_at__isnull=False)
    clears = "保護責任者が廃止の届出をすると消えます。"
    short = _short(scope, _ceased(scope).filter(~Exists(filed)), "ceased_on", clears, due=days)
    found, by_unit = yield [short, _ceased_by_unit(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("files.disposal_recorded", article="10-3", title="廃止後のデータの記録", seat=Seat.PROTECTION_MANAGER)
def disposal_recorded(scope: Scope) -> Asked:
    """What happened to the data of a ceased file is written down (第10条第3項). Due as promptly as the notification."""
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    open_ones = _ceased(scope).filter(Q(disposal="") | Q(disposed_on__gt=scope.on))
    clears = "保護責任者または保護担当者が、消去・移管・返却のどれをいつ行ったか記録すると消えます。"
    short = _short(scope, open_ones, "ceased_on", clears, due=days)
    found, by_unit = yield [short, _ceased_by_unit(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))
