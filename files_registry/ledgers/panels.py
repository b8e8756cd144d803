"""What the ledger puts on the page of a file: the way to it, for whoever may open what the file holds (第15条)."""

from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.panels import Offer, Panel, register_panel
from files_registry.catalogue.policies import can_see_internal
from roles.models import Person


@register_panel(everybody=True)
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """A link for whoever has 閲覧 now; seats above the unit are told who may, all others how to ask (access/panels.py).

    No query: the page of a file comes with the mark of it (`rights.marked`).
    """
    if file.status not in (FileStatus.HELD, FileStatus.CEASED):
        return Panel()
    if getattr(file, "opens_to_reader", False):
        return Panel(offers=[_offer(file)])
    if can_see_internal(person, file):
        who = f"開けるのは、{file.unit.name}の保護責任者と保護担当者、閲覧の許可を受けた人です。"
        return Panel(offers=[_offer(file, who)])
    return Panel()


def _offer(file: PersonalInformationFile, refused: str = "") -> Offer:
    return Offer(
        label="取扱台帳を開く",
        consequence="利用、保管、移動、複製などの記録、入力の照合、媒体の保管場所です。",
        url=reverse("ledgers:detail", args=[file.pk]),
        article="第15条",
        refused=refused,
    )
