"""Ledgers of the demonstration: lines, corrections, checks of input, media at every step (第15条・第17条). Made up."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.demo.teller import writer_of
from files_registry.ledgers import workflow
from files_registry.ledgers.models import LedgerEntry, StoredMedium
from files_registry.ledgers.rules import rule_of, rules
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

TAX = "課税台帳（特別区民税・都民税）"
INSURANCE = "国民健康保険被保険者台帳"
CARE = "介護保険受給者台帳"
SILENT = {INSURANCE, CARE, "生活保護受給者台帳"}
# days ago, kind, purpose, scope, persons, medium, place, counterpart, method
LINES: list[tuple[int, str, str, str, int, str, str, str, str]] = [
    (
        75,
        "used",
        "当初課税後の更正",
        "令和8年度課税分",
        310,
        "system",
        "本庁舎4階 税務課",
        "",
        "ICカードで利用者を確認",
    ),
    (
        61,
        "copied",
        "東京都への報告の準備",
        "集計前の明細",
        1840,
        "usb",
        "本庁舎4階 税務課",
        "",
        "区の暗号化USBメモリー1本",
    ),
    (60, "provided", "都民税の報告", "集計前の明細", 1840, "usb", "", "東京都主税局", "暗号化し、職員2人で持参した"),
    (
        52,
        "returned",
        "都民税の報告",
        "集計前の明細",
        1840,
        "usb",
        "",
        "東京都主税局",
        "返却を受け、復元できないよう消去した",
    ),
    (
        44,
        "received",
        "給与支払報告書の追加分",
        "10月到着分",
        96,
        "paper",
        "",
        "区内の事業所",
        "受領印を押し、件数を照合した",
    ),
    (
        33,
        "moved",
        "申告書綴りの入れ替え",
        "令和7年度分",
        5200,
        "paper",
        "別館地下 書庫3",
        "",
        "施錠した台車で2人で運んだ",
    ),
    (20, "checked", "書庫の点検", "令和4–7年度分の綴り", 0, "paper", "別館地下 書庫3", "", "台帳と現物を照合した"),
    (
        9,
        "copied",
        "証明窓口の応援職員への引継ぎ",
        "手引き用の抜粋",
        4,
        "paper",
        "本庁舎1階 証明窓口",
        "",
        "番号を振り、配付先を控えた",
    ),
    (8, "used", "納税相談", "相談者の課税内容", 37, "system", "本庁舎4階 税務課", "", "画面の閲覧のみ"),
    (2, "used", "納税相談", "相談者の課税内容", 41, "system", "本庁舎4階 税務課", "", "画面の閲覧のみ"),
]


def load_ledgers() -> int:
    """Lines, checks and media of a few files, by the verbs on their days. Answers how many lines there are.

    Does nothing where there are lines already. RuntimeError in production.
    """
    if settings.PRODUCTION:
        raise RuntimeError("the demonstration ledgers are never loaded in production")
    with transaction.atomic():
        if not LedgerEntry.objects.exists():
            _tax(_file(TAX))
            _verifications(_file(TAX), _file(CARE))
            _media(_file(TAX))
            _insurance(_file(INSURANCE))
            _the_others()
    return LedgerEntry.objects.count()


def _held() -> Any:
    return PersonalInformationFile.objects.filter(status=FileStatus.HELD).select_related("unit__parent").order_by("pk")


def _file(name: str) -> PersonalInformationFile:
    found: PersonalInformationFile = _held().get(name=name)
    return found


def _other(file: PersonalInformationFile, actor: Person) -> str:
    """Somebody else of the unit, as witness."""
    manager = holders(Seat.PROTECTION_MANAGER, file.unit).exclude(pk=actor.pk).first()
    return manager.name if manager else "別の職員"


def _write(file: PersonalInformationFile, days: int, kind: str, officer: int = 0, **data: Any) -> LedgerEntry:
    with days_ago(days, 15, 10):
        actor = writer_of(file.unit, officer)
        facts = {"witness": _other(file, actor), "remarks": "", **data}
        return workflow.write_entry(file.pk, kind=kind, on=today(), done_by=actor.name, data=facts, actor=actor)


def _tax(file: PersonalInformationFile) -> None:
    """A ledger well kept, with a line corrected and one taken back."""
    names = ("purpose", "scope", "persons", "medium", "place", "counterpart", "method")
    written = []
    for number, (days, kind, *values) in enumerate(LINES):
        written.append(_write(file, days, kind, number % 2, **dict(zip(names, values, strict=True))))
    wrong, twice = written[4], written[8]
    with days_ago(43, 9, 30):
        data = {name: getattr(wrong, name) for name in (*names, "witness", "remarks")} | {"persons": 69}
        workflow.correct_entry(
            wrong.pk,
            kind=wrong.kind,
            on=wrong.on,
            done_by=wrong.done_by,
            data=data,
            reason="件数の写しまちがい",
            actor=writer_of(file.unit, 0),
        )
    with days_ago(1, 9, 0):
        workflow.correct_entry(
            twice.pk,
            kind="",
            on=None,
            done_by="",
            data={},
            reason="別のファイルの台帳に書くべきものだったため",
            voids=True,
            actor=writer_of(file.unit, 0),
        )


def _verify(file: PersonalInformationFile, days: int, way: str, process: str, **data: Any) -> None:
    with days_ago(days, 16, 0):
        actor = writer_of(file.unit, 0)
        facts = {"sampling": "", "errors": 0, "remedy": "", "remarks": "", **data}
        facts |= {"on": today(), "way": way, "process": process, "done_by": actor.name}
        workflow.verify(file.pk, data=facts, actor=actor)


def _verifications(tax: PersonalInformationFile, care: PersonalInformationFile) -> None:
    """Done for the tax; of care only one way of the three, and long ago."""
    _verify(tax, 70, "source", "更正の入力", total=310, examined=310)
    _verify(tax, 50, "before_after", "10月分の異動の一括更新", total=4200, examined=210, sampling="20件ごとに1件")
    more: dict[str, Any] = {"errors": 2, "remedy": "2件とも住民記録と異なっていた。異動届を確かめ、正しく直した。"}
    _verify(tax, 30, "existing", "住民記録との突合", total=520000, examined=1000, sampling="乱数で抽出", **more)
    _verify(care, 200, "source", "認定調査の結果の入力", total=640, examined=64, sampling="10件ごとに1件")


def _register(
    file: PersonalInformationFile, days: int, label: str, done: int | None = None, **data: Any
) -> StoredMedium:
    with days_ago(days, 11, 0):
        actor = writer_of(file.unit, 0)
        facts = {"label": label, "medium": "paper", "count": 12, "place": "本庁舎4階 税務課 書庫B", "lock": "cabinet"}
        facts |= {"responsible": actor, "stored_on": today(), "retention": "5", "remarks": "", **data}
        completed = today() - timedelta(days=done) if done is not None else None
        return workflow.register_medium(file.pk, data=facts, completed_on=completed, actor=actor)


def _media(file: PersonalInformationFile) -> None:
    """In use, completed, past its retention, moved, and disposed of with a certificate and by two people."""
    _register(file, 40, "令和8年度 申告書綴り（1–12）")
    shelf = _register(file, 300, "令和7年度 申告書綴り（1–14）", done=10, count=14)
    with days_ago(33, 14, 0):
        actor = writer_of(file.unit, 1)
        data = {"place": "別館地下 書庫3", "lock": "room", "responsible": actor, "remarks": ""}
        workflow.move_medium(shelf.pk, data=data, on=today(), actor=actor)
    _register(file, 500, "令和元年度 申告書綴り（1–10）", done=700, retention="1", count=10, place="別館地下 書庫3")
    stick = _register(file, 400, "報告用USBメモリー（旧）", done=380, retention="1", medium="usb", count=1, lock="safe")
    with days_ago(25, 16, 30):
        actor = writer_of(file.unit, 0)
        proof = {"disposed_by": actor.name, "witness": _other(file, actor), "certificate": ""}
        proof["early_reason"] = "暗号化できない型のため、新しいものに替えた。"
        workflow.dispose_medium(stick.pk, on=today(), way="break", data=proof, actor=actor)
    old = _register(file, 600, "平成29年度 申告書綴り（1–9）", done=2600, count=9, place="別館地下 書庫3")
    with days_ago(15, 10, 0):
        proof = {"disposed_by": "（模擬）区内文書処理センター", "witness": "", "certificate": "溶解証明第118号"}
        workflow.dispose_medium(
            old.pk, on=today(), way="dissolve", data=proof | {"early_reason": ""}, actor=writer_of(file.unit, 0)
        )
    _many_media(file)


def _many_media(file: PersonalInformationFile) -> None:
    """A shelf handed over when its officer changed, and the oldest of it disposed of together with one certificate."""
    for number in range(1, 25):
        year, old = 30 + (number > 12) - number % 2, number > 18
        label = f"平成{year}年度 給与支払報告書綴り（{number}）"
        _register(file, 450, label, done=2700 if old else None, place="別館地下 書庫2", count=1)
    kept = StoredMedium.objects.filter(file=file, label__contains="給与支払報告書", keep_until=None)
    with days_ago(20, 10, 0):
        actor = writer_of(file.unit, 1)
        facts: dict[str, Any] = {"data": {"responsible": actor, "place": "別館地下 書庫3", "lock": "room"}}
        facts |= {"on": today(), "reason": "担当替えと書庫の整理"}
        workflow.hand_over_media(file.unit_id, media=_seen(kept), **facts, actor=actor)
    over = StoredMedium.objects.filter(file=file, label__contains="給与支払報告書", keep_until__lt=today())
    with days_ago(12, 15, 0):
        proof = {"disposed_by": "（模擬）区内文書処理センター", "witness": "", "certificate": "溶解証明第131号"}
        facts = {"on": today(), "way": "dissolve", "data": proof | {"early_reason": ""}, "counted": over.count()}
        workflow.dispose_media(file.unit_id, media=_seen(over), **facts, actor=writer_of(file.unit, 0))


def _seen(media: Any) -> dict[int, int]:
    return dict(media.values_list("pk", "stamp"))


def _insurance(file: PersonalInformationFile) -> None:
    """A ledger silent for longer than its class allows."""
    data: dict[str, Any] = {"purpose": "保険料の賦課", "scope": "令和8年度分", "persons": 140000, "medium": "system"}
    _write(file, 120, "used", **data, place="本庁舎3階", counterpart="", method="ICカードで利用者を確認")


def _the_others() -> None:
    """Every other ledger has a line of the last weeks, and the checks its class asks for; three stay behind."""
    known = rules()
    others = _held().select_related("current").exclude(name__in={TAX, *SILENT})
    for number, file in enumerate(others):
        if not holders(Seat.PROTECTION_MANAGER, file.unit).exists():
            continue
        data: dict[str, Any] = {"purpose": "定例の事務", "scope": "今月分", "persons": 10 + number, "medium": "system"}
        _write(file, 3 + number % 20, "used", **data, place="事務室", counterpart="", method="閲覧のみ")
        for way in rule_of(file, known).ways:
            _verify(file, 20 + number % 30, way, "今月分の入力", total=80 + number, examined=80 + number)
