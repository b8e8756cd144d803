"""Rights over files at every step of their life, told by the verbs on the days they would be done (第11条)."""

from datetime import timedelta
from typing import Any

from files_registry.access import opening, workflow
from files_registry.access.models import Grant, GroupKind
from files_registry.access.policies import deciding_turn
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

TAX, SCHOOL = "課税台帳（特別区民税・都民税）", "児童指導要録（豊玉小学校）"


def tell_rights() -> None:
    """Requests that wait, rights in force, one not confirmed in its round; narrowed, taken back, refused ones."""
    _elsewhere()
    _at_the_tax_section()


def _at_the_tax_section() -> None:
    file = _file(TAX)
    clerk, second, hired = (_person(f"zeimu-{who}") for who in ("shokuin1", "shokuin2", "haken"))
    old = _asked(file, clerk, 250, "特別区民税の賦課事務", ["open_file", "enter_file", "output_file"], until=400)
    _granted(old, 248, "業務端末に限る。")
    for days in (240, 60, 12, 1):
        _opened(file, clerk, days, "申告内容の照会への回答")
    hours = _asked(file, hired, 40, "申告書の入力", ["open_file", "enter_file"], until=60)
    _granted(hours, 39, "入力用の端末に限り、出力を認めない。")
    _opened(file, hired, 3, "申告書の入力")
    _asked(file, second, 2, "還付通知の発送先の確認", ["open_file", "output_file"], until=120)
    with days_ago(90, 10, 30):
        workflow.propose(
            file.pk,
            group_unit_id=file.unit_id,
            group_kind=GroupKind.STAFF,
            **_wish("窓口での本人からの問い合わせへの対応", ["open_file"], 200),
            actor=_manager(file),
        )


def _elsewhere() -> None:
    school = _file(SCHOOL)
    _asked(school, _person("toyotama-kyoshi"), 4, "学年末の要録の記入", ["open_file", "enter_file"], until=130)
    tax, collection = _file(TAX), _file("収納・滞納整理ファイル")
    clerk = _person("zeimu-shokuin2")
    narrowed = _granted(_asked(collection, clerk, 100, "還付と滞納の突合", ["open_file", "output_file"], until=250), 99)
    with days_ago(50, 14, 0):
        last = today() + timedelta(days=100)
        words = "突合が画面で足りるようになったため"
        workflow.narrow(narrowed.pk, rights=["open_file"], ends_on=last, note=words, actor=_manager(collection))
    officer = _person("joho-tanto")
    refused = _asked(tax, officer, 30, "公開請求の対象の確認", ["open_file", "output_file"], until=30)
    with days_ago(28, 15, 0):
        workflow.refuse(refused.pk, note="請求の対象は、税務課が抽出して渡すことで足りるため。", actor=_manager(tax))
    revoked = _granted(_asked(tax, _person("zeimu-shokuin2"), 220, "未申告調査", ["open_file"], until=300), 219)
    with days_ago(150, 16, 0):
        workflow.revoke(revoked.pk, note="未申告調査が終わり、担当を外れたため", actor=_manager(tax))


def _asked(
    file: PersonalInformationFile, person: Person, days: int, purpose: str, rights: list[str], *, until: int
) -> Grant:
    with days_ago(days, 9, 20):
        return workflow.request(file.pk, **_wish(purpose, rights, until), actor=person)


def _wish(purpose: str, rights: list[str], until: int) -> dict[str, Any]:
    """The right ends `until` days after the day it is told on."""
    return {"purpose": purpose, "rights": rights, "ends_on": today() + timedelta(days=until)}


def _granted(grant: Grant, days: int, note: str = "") -> Grant:
    with days_ago(days, 11, 40):
        return workflow.grant(grant.pk, note=note, actor=deciding_turn(grant).people[0])


def _opened(file: PersonalInformationFile, person: Person, days: int, purpose: str) -> None:
    with days_ago(days, 13, 15):
        opening.open_file(file, purpose=purpose, actor=person)


def _file(name: str) -> PersonalInformationFile:
    return PersonalInformationFile.objects.select_related("unit__parent", "current").get(name=name)


def _person(number: str) -> Person:
    return Person.objects.get(staff_number=number)


def _manager(file: PersonalInformationFile) -> Person:
    return holders(Seat.PROTECTION_MANAGER, file.unit)[0]
