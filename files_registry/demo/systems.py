"""Information systems, who administers each and what is agreed, told by the verbs on their days (第5条第4項)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.demo.teller import writer_of
from files_registry.systems import workflow
from files_registry.systems.models import InformationSystem, Side, SystemAgreement
from files_registry.systems.sides import pair_of
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person, Unit
from roles.seats import Seat

WORDS = {
    "accounts": (
        "登録・変更・削除は、保護責任者が書面で管理者に求める。"
        "管理者は毎年4月と10月に一覧を出し、保護責任者が点検する。"
    ),
    "logs": (
        "だれが、いつ、どの画面を開いたかを記録し、3年残す。"
        "管理者は毎月、深夜と大量の検索を点検し、結果を保護責任者に知らせる。"
    ),
    "backups": "毎日の終わりに写しを作り、別の庁舎に置く。戻せることを年1回、管理者と保護責任者が確かめる。",
    "leavers": "異動・退職は、発令日の3日前までに保護責任者が管理者に知らせる。管理者は発令日の前日の終業後に止める。",
}


@dataclass(frozen=True)
class Sample:
    """A system: `unit` is the unit's code, `files` are the files in it by name."""

    name: str
    unit: str
    purpose: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """Proposed `days` ago and answered `answered` days ago, if at all: agreed on, unless `refused` says why not."""

    unit: Unit
    topic: str
    days: int
    side: Side
    answered: int | None = None
    refused: str = ""
    words: str = ""
    review: int = 360


SAMPLES = [
    Sample(
        "税務システム",
        "1720",
        "特別区民税・都民税、軽自動車税の賦課と収納の管理",
        ("課税台帳（特別区民税・都民税）", "収納・滞納整理ファイル"),
    ),
    Sample(
        "住民記録システム",
        "1710",
        "住民基本台帳の記録、印鑑登録、証明書の発行",
        ("住民基本台帳ファイル", "印鑑登録ファイル"),
    ),
    Sample("学務システム", "3030", "学齢簿の編製、就学援助の認定", ("学齢簿", "就学援助認定ファイル")),
    Sample("校務支援システム", "3030", "小・中学校の指導要録と出欠の記録", ("児童指導要録（豊玉小学校）",)),
    Sample("図書館システム（旧）", "3080", "図書館の資料の貸出しと利用者の登録", ()),
]


def load_systems() -> int:
    """Five with a story: all its life, agreed on, without an administrator, a school's, retired; the others agreed on.

    Files of which nobody wrote down a system remain unlinked.
    """
    if not InformationSystem.objects.exists():
        with transaction.atomic():
            taxes, residents, pupils, schools, old = [_registered(sample) for sample in SAMPLES]
            _named(taxes, _who("zeimu-shokuin2"), 180)
            _named(taxes, _who("zeimu-shokuin1"), 120)
            _taxes(taxes)
            _named(residents, holders(Seat.PROTECTION_MANAGER, residents.unit)[0], 190)
            _told(residents, _all_agreed(residents.unit))
            _named(pupils, holders(Seat.PROTECTION_MANAGER, pupils.unit)[0], 190)
            _left(pupils)
            _named(schools, _who("toyotama-fuku"), 60)
            _told(schools, [Proposal(Unit.objects.get(code="5001"), "accounts", 50, Side.MANAGER, 48)])
            _retired(old)
            _others()
    return InformationSystem.objects.count()


def _registered(sample: Sample) -> InformationSystem:
    unit = Unit.objects.get(code=sample.unit)
    with days_ago(200, 10, 0):
        data = {"name": sample.name, "purpose": sample.purpose}
        first = today() - timedelta(days=900)
        system = workflow.register_system(unit.pk, data=data, valid_from=first, actor=writer_of(unit, 0))
    for name in sample.files:
        file = PersonalInformationFile.objects.select_related("unit").get(name=name)
        with days_ago(195, 10, 30):
            first = max(today(), file.held_from or today())
            workflow.link_file(file.pk, system_pk=system.pk, valid_from=first, actor=writer_of(file.unit, 0))
    return system


def _taxes(system: InformationSystem) -> None:
    """Agreed; agreed but past its review; proposed by the administrator; refused, then proposed by 保護責任者."""
    unit = system.unit
    collection = PersonalInformationFile.objects.get(name="収納・滞納整理ファイル").unit
    reason = "発令日の3日前では作業が間に合いません。5日前までにお願いします。"
    sooner = WORDS["leavers"].replace("3日前", "5日前")
    proposals = [
        Proposal(unit, "logs", 110, Side.MANAGER, 108, review=90),
        Proposal(unit, "accounts", 100, Side.ADMINISTRATOR, 98),
        Proposal(unit, "leavers", 30, Side.MANAGER, 27, refused=reason),
        Proposal(unit, "backups", 4, Side.ADMINISTRATOR),
        Proposal(unit, "leavers", 2, Side.MANAGER, words=sooner),
        Proposal(collection, "accounts", 80, Side.ADMINISTRATOR, 78),
    ]
    _told(system, proposals)


def _others() -> None:
    """The systems that stand on the forms of the other files, each of the unit of the first, with all agreed."""
    held = PersonalInformationFile.objects.filter(status=FileStatus.HELD, system_files=None)
    named: dict[str, list[PersonalInformationFile]] = {}
    for file in held.exclude(current__system_name="").select_related("current", "unit").order_by("pk"):
        named.setdefault(file.current.system_name if file.current else "", []).append(file)
    for name, files in named.items():
        system = InformationSystem.objects.filter(name=name).first()
        if system is not None or not holders(Seat.PROTECTION_MANAGER, files[0].unit):
            continue  # what its own story leaves open, or a seat that is vacant, stays a finding
        purpose = f"{files[0].name}に係る事務"
        system = _registered(Sample(name, files[0].unit.code, purpose, tuple(file.name for file in files)))
        _named(system, writer_of(system.unit, 0), 190)
        _told(system, _all_agreed(system.unit))


def _named(system: InformationSystem, person: Person, days: int) -> None:
    with days_ago(days, 9, 10):
        actor = writer_of(system.unit, 0)
        workflow.name_administrator(system.pk, person_pk=person.pk, valid_from=today(), actor=actor)


def _left(system: InformationSystem) -> None:
    """Its administrator ended; nobody has come after."""
    with days_ago(40, 9, 10):
        reason = "担当替えのため。後任は調整中です。"
        workflow.end_administrator(system.pk, last_day=today(), reason=reason, actor=writer_of(system.unit, 0))


def _retired(system: InformationSystem) -> None:
    with days_ago(70, 9, 10):
        reason = "新しい図書館システムに移ったため"
        workflow.retire_system(system.pk, last_day=today(), reason=reason, actor=writer_of(system.unit, 0))


def _all_agreed(unit: Unit) -> list[Proposal]:
    return [Proposal(unit, topic, 170, Side.ADMINISTRATOR, 168) for topic in WORDS]


def _told(system: InformationSystem, proposals: list[Proposal]) -> None:
    """Each step on its day, in the order of the days, for the record of contacts is read in the order of writing."""
    made: dict[int, SystemAgreement] = {}
    steps = [(-said.days, False, place) for place, said in enumerate(proposals)]
    steps += [(-said.answered, True, place) for place, said in enumerate(proposals) if said.answered is not None]
    for days, answers, place in sorted(steps):
        said = proposals[place]
        if answers:
            _answer(system, said, made[place], -days)
        else:
            made[place] = _propose(system, said)


def _propose(system: InformationSystem, said: Proposal) -> SystemAgreement:
    with days_ago(said.days, 10, 15):
        data = {
            "words": said.words or WORDS[said.topic],
            "valid_from": today(),
            "review_on": today() + timedelta(days=said.review),
        }
        actor = _speaker(system, said.unit, said.side)
        return workflow.propose(system.pk, said.unit.pk, said.topic, data=data, actor=actor)


def _answer(system: InformationSystem, said: Proposal, agreement: SystemAgreement, days: int) -> None:
    with days_ago(days, 15, 30):
        actor = _speaker(system, said.unit, said.side.other, agreement.proposed_by_id)
        if said.refused:
            workflow.refuse(agreement.pk, reason=said.refused, actor=actor)
        else:
            workflow.agree(agreement.pk, actor=actor)


def _speaker(system: InformationSystem, unit: Unit, side: Side, proposer: int | None = None) -> Person:
    return pair_of(system, unit, proposer).people(side)[0]


def _who(number: str) -> Person:
    return Person.objects.get(staff_number=number)
