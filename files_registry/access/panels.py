"""What rights put on the page of a file: asking for one, and who may do what (第11条)."""

from django.urls import reverse

from files_registry.access import policies
from files_registry.access.models import GrantStatus
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.panels import Offer, Panel, register_panel
from roles.models import Person


@register_panel(everybody=True)
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """For those over the unit 権限一覧; for others their own right or request, or how to ask.

    No query: the page of a file comes with the mark of it (sight.py).
    """
    if policies.can_see_who(person, file):
        return Panel(offers=[_list(file)])
    if file.status != FileStatus.HELD or not policies.can_request(person, file):
        return Panel()
    own, status = getattr(file, "own_grant", None), getattr(file, "own_grant_status", "")
    if own is None:
        return Panel(offers=[_ask(file)])
    more = [_ask_more(file)] if status == GrantStatus.GRANTED else []
    return Panel(offers=[_own(own, GrantStatus(status)), *more])


def _list(file: PersonalInformationFile) -> Offer:
    return Offer(
        label="権限一覧を見る",
        consequence="だれが何をできるか、どの根拠で、いつまでかを確かめ、権限を出し、縮小し、取り消します。",
        url=reverse("access:who", args=[file.pk]),
        article="第11条第1項",
    )


def _own(pk: int, status: GrantStatus) -> Offer:
    return Offer(
        label="わたしのアクセス権を見る",
        consequence=f"あなたのアクセス権の状態は「{status.label}」です。権限の内容と期限を確かめられます。",
        url=reverse("access:grant", args=[pk]),
        article="第11条第2項",
    )


def _ask_more(file: PersonalInformationFile) -> Offer:
    return Offer(
        label="ほかの権限、または先の期間を申請する",
        consequence="いまのアクセス権はそのまま残り、足りないものだけが加わります。",
        url=reverse("access:request", args=[file.pk]),
        article="第11条第2項",
    )


def _ask(file: PersonalInformationFile) -> Offer:
    return Offer(
        label="アクセス権を申請する",
        consequence="このファイルの中を扱うには、保護責任者の許可が要ります。",
        url=reverse("access:request", args=[file.pk]),
        article="第11条第2項",
    )
