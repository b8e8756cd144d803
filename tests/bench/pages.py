"""What is measured: every list, detail, desk, board and public search, and as whom each is asked."""

from dataclasses import dataclass

from django.urls import reverse

from audits.examinations.models import Audit, AuditStatus
from files_registry.access.models import Opening
from files_registry.access.opening import is_open
from files_registry.access.rounds import round_on, unconfirmed
from files_registry.accounts.models import AccountComparison
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings.models import Filing, FilingStatus
from files_registry.handling.models import HandlingRequest, HandlingStatus
from files_registry.register.models import EditionEntry
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from tests.bench.people import ANYBODY, busiest_ledger, in_force, most, person, widest

EVERYONE = ["総括保護管理者", "保護管理責任者", "保護責任者", "情報公開課長", "職員"]
OFFICES = [*EVERYONE[:4], "保護担当者", "情報公開課の職員"]
BUSY, WIDE = "多く扱う所の保護責任者", "多くに開く所の保護責任者"


@dataclass(frozen=True)
class Page:
    """One line of the table: what, as whom, where."""

    title: str
    person: str
    url: str


def pages():
    """Every page of the table, in its order."""
    manager = person("保護責任者")
    unit = manager.appointments.first().unit
    busy, wide = busiest_ledger(), widest()
    held = PersonalInformationFile.objects.filter(unit=unit, current__isnull=False)
    file = held.exclude(pk__in=[busy.pk, wide.pk]).order_by("pk").first()
    for who, what in ((manager, file), (person(BUSY), busy), (person(WIDE), wide)):
        if not is_open(who, what):
            Opening.objects.create(file=what, person=who, purpose="測定")
    return [
        *_registry(file, unit),
        *_rights(file, wide),
        *_handling(unit),
        *_systems(unit),
        *_accounts(unit),
        *_ledgers(file, busy),
        *_overview(),
        *_audits(),
    ]


def _given():
    """A file whose ledger the person with the most rights may write in and take out, by a grant and no seat; opened."""
    who = person("権限の多い職員")
    own = in_force().filter(person=who, may_enter=True, file__current__isnull=False)
    file = own.order_by("-may_output", "pk").first().file
    if not is_open(who, file):
        Opening.objects.create(file=file, person=who, purpose="測定")
    return file


def _registry(file, unit):
    filing = Filing.objects.filter(unit=unit).first()
    queue = Filing.objects.filter(status=FilingStatus.FILED).first()
    files = reverse("files:list")
    return [
        *(Page("机", who, reverse("desk")) for who in [*EVERYONE, "保護担当者", "情報公開課の職員", "権限の多い職員"]),
        *(Page("ファイル一覧", who, files) for who in [*EVERYONE, "権限の多い職員"]),
        Page("ファイル一覧（検索）", "総括保護管理者", f"{files}?q=介護保険"),
        Page("ファイル一覧（2文字）", "総括保護管理者", f"{files}?q=介護"),
        Page("ファイル一覧（100ページ目）", "総括保護管理者", f"{files}?page=100"),
        Page("ファイル詳細", "保護責任者", reverse("files:detail", args=[file.pk])),
        Page("届出一覧", "保護責任者", reverse("filings:list")),
        Page("届出一覧", "情報公開課長", reverse("filings:list")),
        Page("届出詳細", "保護責任者", reverse("filings:detail", args=[filing.pk])),
        Page("届出詳細", "情報公開課長", reverse("filings:detail", args=[queue.pk])),
    ]


def _rights(file, wide):
    grants, turn = reverse("access:list"), in_force().filter(file=wide, person__isnull=False).order_by("pk").first()
    opened = in_force().filter(person=person("権限の多い職員"), file__current__isnull=False).order_by("pk").first()
    waiting = most(unconfirmed(round_on(today())).filter(file__unit=file.unit), "file") or file.pk
    return [
        Page("わたしの権限", "職員", f"{grants}?tab=mine"),
        Page("わたしの権限", "権限の多い職員", f"{grants}?tab=mine"),
        Page("わたしのファイル", "職員", f"{reverse('ledgers:list')}?tab=open"),
        Page("わたしのファイル", "権限の多い職員", f"{reverse('ledgers:list')}?tab=open"),
        Page("わたしのファイルの詳細", "権限の多い職員", reverse("files:detail", args=[opened.file_id])),
        Page("アクセス権　わたしの番", "保護責任者", grants),
        *(Page("アクセス権　受け持つファイル", who, f"{grants}?tab=files") for who in [*EVERYONE[:3], WIDE]),
        Page("アクセス権の詳細", WIDE, reverse("access:grant", args=[turn.pk])),
        Page("権限一覧", "保護責任者", reverse("access:who", args=[file.pk])),
        Page("権限一覧（権限が最も多い）", WIDE, reverse("access:who", args=[wide.pk])),
        Page("権限一覧（過去の日）", WIDE, f"{reverse('access:who', args=[wide.pk])}?on=R8.10.1"),
        Page("開いた記録", WIDE, reverse("access:openings", args=[wide.pk])),
        Page("棚卸し", "保護責任者", reverse("access:review", args=[waiting])),
    ]


def _handling(unit):
    handled = HandlingRequest.objects.filter(unit=unit, status=HandlingStatus.SUBMITTED).first()
    handled = handled or HandlingRequest.objects.filter(unit=unit).exclude(status=HandlingStatus.DRAFT).first()
    return [
        Page("複製・持出し一覧", "保護責任者", reverse("handling:list")),
        Page("複製・持出し一覧", "職員", reverse("handling:list")),
        Page("複製・持出し詳細", "保護責任者", reverse("handling:detail", args=[handled.pk])),
    ]


def _systems(unit):
    systems = reverse("systems:list")
    system = InformationSystem.objects.filter(unit=unit, system_files__file__unit=unit).first()
    return [
        *(Page("情報システム一覧", who, systems) for who in ("総括保護管理者", "保護責任者")),
        Page("情報システム一覧（足りないもの）", "総括保護管理者", f"{systems}?tab=short"),
        Page("情報システム", "保護責任者", system.get_absolute_url()),
        Page("情報システムの合意", "保護責任者", reverse("systems:pair", args=[system.pk, unit.pk])),
    ]


def _accounts(unit):
    """The comparison with the most findings; none where the database was built before there were any."""
    who, found = "保護責任者", AccountComparison.objects.filter(system__unit=unit).order_by("-pk").first()
    if found is None:
        return [Page("突き合わせ　一覧", who, reverse("accounts:list"))]
    return [
        Page("突き合わせ　一覧", who, reverse("accounts:list")),
        Page("突き合わせ　情報システム", who, reverse("accounts:system", args=[found.system_id])),
        Page("突き合わせの指摘", who, found.get_absolute_url()),
        Page("突き合わせの指摘（100ページ目）", who, f"{found.get_absolute_url()}?tab=waiting&page=100"),
        Page("突き合わせの指摘", "総括保護管理者", found.get_absolute_url()),
    ]


def _ledgers(file, busy):
    ledger, full = reverse("ledgers:detail", args=[file.pk]), reverse("ledgers:detail", args=[busy.pk])
    return [
        Page("台帳一覧", "保護責任者", reverse("ledgers:list")),
        Page("台帳一覧", "権限の多い職員", reverse("ledgers:list")),
        Page("台帳", "保護責任者", ledger),
        Page("台帳（検索）", "保護責任者", f"{ledger}?kind=used&year=2026&q=定例"),
        Page("台帳（許可による）", "権限の多い職員", reverse("ledgers:detail", args=[_given().pk])),
        Page("台帳（行が最も多い）", BUSY, full),
        Page("台帳（行が最も多い、100ページ目）", BUSY, f"{full}?page=100"),
        Page("台帳（行が最も多い、検索）", BUSY, f"{full}?year=2025&q=定例"),
        Page("台帳　記入", "保護責任者", reverse("ledgers:write", args=[file.pk])),
        Page("台帳　記入（行が最も多い）", BUSY, reverse("ledgers:write", args=[busy.pk])),
        Page("台帳　まとめて記入", "保護責任者", reverse("ledgers:bulk", args=[file.pk])),
        Page("照合", "保護責任者", reverse("ledgers:verifications", args=[file.pk])),
        Page("媒体", "保護責任者", reverse("ledgers:media", args=[file.pk])),
        Page("媒体　登録", "保護責任者", reverse("ledgers:register-medium", args=[file.pk])),
        Page("満了する媒体", "保護責任者", reverse("ledgers:due")),
    ]


def _audits():
    """The lists and the widest audit that goes on; none in a ward measured before audits were."""
    wide = Audit.objects.filter(status=AuditStatus.UNDER_WAY).order_by("pk").first()
    if wide is None:
        return []
    draft = Audit.objects.filter(status=AuditStatus.DRAFT).order_by("pk").first()
    audits, officer = reverse("audits:list"), "監査責任者"
    return [
        Page("机", officer, reverse("desk")),
        Page("状況一覧", officer, reverse("board")),
        Page("状況一覧の内訳", officer, reverse("board-findings")),
        *(Page("監査一覧", who, audits) for who in ("総括保護管理者", officer)),
        Page("監査一覧（終わったもの）", "総括保護管理者", f"{audits}?tab=ended"),
        *(Page("監査（多くの組織）", who, wide.get_absolute_url()) for who in ("総括保護管理者", officer)),
        Page("監査の案を書き直す", officer, reverse("audits:edit", args=[draft.pk])),
        Page("監査のファイル", officer, reverse("audits:files", args=[wide.pk])),
    ]


def _overview():
    entry = EditionEntry.objects.order_by("pk").first()
    register = reverse("register:list")
    return [
        Page("受信箱", "保護責任者", reverse("inbox:list")),
        Page("組織", "職員", reverse("units:list")),
        *(Page("状況一覧", who, reverse("board")) for who in OFFICES),
        Page("状況一覧の内訳", "総括保護管理者", f"{reverse('board-findings')}?article=11"),
        Page("ファイル簿の版", "情報公開課長", reverse("editions:list")),
        Page("検索", "保護責任者", reverse("search:results") + "?q=介護保険"),
        Page("公表　一覧", ANYBODY, register),
        Page("公表　検索（4文字）", ANYBODY, f"{register}?q=介護保険"),
        Page("公表　検索（2文字）", ANYBODY, f"{register}?q=介護"),
        Page("公表　検索（なし）", ANYBODY, f"{register}?q=存在しない語"),
        Page("公表　単票", ANYBODY, reverse("register:entry", args=[entry.key])),
    ]
