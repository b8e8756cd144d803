"""What is asked for: checked, and merged with what is held already, before a grant is written (第11条第1項)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from files_registry.access.effective import grounds_of, takes_grants
from files_registry.access.models import FIELDS, Grant, GrantStatus, PostGroup
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import end_of, midnight, today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.affiliation import main_posting
from roles.holdings import load_holdings
from roles.models import Person, Unit


@dataclass(frozen=True)
class Wish:
    """The rights asked for, what for, and between which moments."""

    rights: frozenset[Right]
    purpose: str
    begins_at: datetime
    ends_at: datetime

    def fields(self) -> dict[str, object]:
        """As a grant holds them."""
        given = {field: right in self.rights for right, field in FIELDS.items()}
        return {**given, "purpose": self.purpose, "begins_at": self.begins_at, "ends_at": self.ends_at}


def wish(rights: Collection[str], purpose: str, ends_on: date | None, begins_on: date | None = None) -> Wish:
    """Read what was typed. Invalid with a sentence for each field that does not hold.

    Whoever may enter, erase or take out may open: 閲覧 comes along. The right ends at the end of `ends_on`.
    """
    errors: dict[str, str] = {}
    first = begins_on or today()
    if not rights or not set(rights) <= set(Right.values):
        errors["rights"] = "どの権限が要るかを選んでください。"
    if not purpose.strip():
        errors["purpose"] = "業務のどのような目的で使うかを書いてください。例　還付通知の発送先の確認"
    elif len(purpose) > 400:
        errors["purpose"] = f"400字以内で書いてください。いま{len(purpose)}字あります。"
    longest = int(parameter("access.longest_days"))
    if first < today():
        errors["begins_on"] = "きょうからあとの日にしてください。"
    if ends_on is None:
        errors["ends_on"] = "いつまで要るかを書いてください。例　令和9年3月31日"
    elif ends_on < first:
        errors["ends_on"] = f"{wareki(first)}以後の日にしてください。"
    elif ends_on > first + timedelta(days=longest):
        errors["ends_on"] = (
            f"一度に許可できるのは{longest:,}日までです。{wareki(first + timedelta(days=longest))}までにしてください。"
        )
    if errors or ends_on is None:
        raise Invalid(errors)
    begins_at = timezone.now() if first == today() else midnight(first)
    asked = frozenset(Right(right) for right in rights) | {Right.OPEN}
    return Wish(asked, purpose.strip(), begins_at, end_of(ends_on))


def less(grant: Grant, rights: Collection[str], ends_on: date | None) -> Wish:
    """What is to be left of a grant: fewer rights or a nearer end. It begins when the grant did, and not before now.

    Invalid when nothing gets less, or something would get more: more is asked for anew.
    """
    left = _within(grant, rights, ends_on)
    if left is None or not fewer(grant, left):
        words = "いまの権限と期間の範囲で、少なくするものを選んでください。広げるときは、あらためて申請してください。"
        raise Invalid({"rights": words})
    return left


def part(grant: Grant, rights: Collection[str], ends_on: date | None) -> Wish:
    """What is allowed of a request: all of it, or fewer rights or a nearer end. Invalid when it is more."""
    given = _within(grant, rights, ends_on)
    if given is None:
        raise Invalid(
            {"rights": "申請された権限と期間の範囲で選んでください。広げるときは、あらためて申請が要ります。"}
        )
    return given


def fewer(grant: Grant, wanted: Wish) -> bool:
    """Whether there are fewer rights, or a nearer end, than the grant says."""
    return wanted.rights != set(grant.rights) or wanted.ends_at != grant.ends_at


def _within(grant: Grant, rights: Collection[str], ends_on: date | None) -> Wish | None:
    """What was chosen of a grant; None where that would be more. Its last day need not be a whole one."""
    first = timezone.localdate(grant.begins_at)
    wanted = wish(rights, grant.purpose, ends_on, first if first > today() else None)
    ends_at = grant.ends_at if ends_on == grant.last_day else wanted.ends_at
    if wanted.rights - set(grant.rights) or ends_at > grant.ends_at:
        return None
    return Wish(wanted.rights, grant.purpose, max(wanted.begins_at, grant.begins_at), ends_at)


def check_file(file: PersonalInformationFile) -> None:
    """A right is given over a file that is held."""
    if file.status != FileStatus.HELD:
        raise MoveRefused(f"「{file.get_status_display()}」のファイルには、アクセス権を出せません。")


def ground(person: Person, file: PersonalInformationFile) -> Unit:
    """Where the person works, on which the right will rest. Invalid when a right would open nothing to the person."""
    holdings = load_holdings(person)
    if not takes_grants(person, holdings):
        words = "システム管理者か監査責任者であるか、在籍していないので、許可できません。"
        raise Invalid({"people": f"{person.name}さんは、{words}"})
    if unit_post(person, file.unit_id):
        raise Invalid({"people": f"{person.name}さんは、役割によりすでにこのファイルを扱えます。"})
    posting = main_posting(person)
    if posting is None:
        raise Invalid({"people": f"{person.name}さんには所属の登録がありません。システム管理者に確かめてください。"})
    return posting.unit


def missing(
    wanted: Wish, file: PersonalInformationFile, *, person: Person | None, group: PostGroup | None
) -> Wish | None:
    """What of the wish is not given already for as long: only this is added, nothing held is taken away.

    None when all of it is given already. Waiting requests count as nothing yet.
    """
    held: set[Right] = set()
    standing = Grant.objects.filter(
        file=file, person=person, group=group, status=GrantStatus.GRANTED,
        begins_at__lte=wanted.begins_at, ends_at__gte=wanted.ends_at,
    )  # fmt: skip
    grounds = grounds_of(person, load_holdings(person)) if person is not None and standing else frozenset[int]()
    for grant in standing:
        if person is None or grant.unit_id in grounds:
            held |= set(grant.rights)
    lacking = wanted.rights - held
    if not lacking:
        return None
    return Wish(frozenset(lacking | {Right.OPEN}), wanted.purpose, wanted.begins_at, wanted.ends_at)
