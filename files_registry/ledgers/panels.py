"""What the ledger puts on the page of a file: the way to it, for who manages the file (第15条)."""

from django.urls import reverse

from files_registry.catalogue.examining import examines
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.panels import Offer, Panel, register_panel
from files_registry.catalogue.policies import unit_post
from roles.models import Person


@register_panel
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """A link for 保護責任者, 保護担当者 and who examines the file; others are told who may. No query."""
    if file.status not in (FileStatus.HELD, FileStatus.CEASED):
        return Panel()
    refused = (
        f"開けるのは、{file.unit.name}の保護責任者と保護担当者です。"
        "許可を受けた人は、メニューの「取扱台帳」から開けます。"
    )
    return Panel(
        offers=[
            Offer(
                label="取扱台帳を開く",
                consequence="利用、保管、移動、複製などの記録、入力の照合、媒体の保管場所です。",
                url=reverse("ledgers:detail", args=[file.pk]),
                article="第15条",
                refused="" if unit_post(person, file.unit_id) or examines(person, file) else refused,
            )
        ]
    )
