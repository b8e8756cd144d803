"""What this area puts on the page of a file: the acts one may ask for, and errors one may tell of."""

from django.urls import reverse

from files_registry.catalogue.examining import examines
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.panels import Offer, Panel, register_panel
from files_registry.catalogue.policies import seat_over, unit_post
from files_registry.handling.policies import can_ask
from roles.models import Person


@register_panel(everybody=True)
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """For whoever may ask for an act with the file: the request, the error, and the list of what was asked.

    Not for the seats above the unit, who read it to oversee: whoever of them holds a grant begins from the list. Who
    examines the file is led to the list alone.
    """
    if examines(person, file):
        return Panel(offers=[_list(file)])
    above = seat_over(person, file.unit) is not None and unit_post(person, file.unit_id) is None
    if above or not can_ask(person, file):
        return Panel()
    return Panel(
        offers=[
            Offer(
                label="複製・送信・持出しを申請する",
                consequence="写しを作る、送る、庁舎の外へ持ち出すときは、先に保護責任者の許可を得ます。",
                url=reverse("handling:new", args=[file.pk]),
                article="第12条",
            ),
            Offer(
                label="誤りを知らせる",
                consequence="記録の内容に誤りを見つけたら、保護責任者の指示を受けて直します。",
                url=reverse("handling:correction-new", args=[file.pk]),
                article="第13条",
            ),
            Offer(
                label="送る前の確認をする",
                consequence="申請の要らない送付も、送る前にチェックリストで二人が確かめます。",
                url=reverse("handling:check-choose", args=[file.pk]),
                article="第14条",
            ),
            Offer(
                label="送る前の確認の記録を見る",
                consequence="これまでに二人で確かめた送付です。",
                url=f"{reverse('handling:checks')}?tab=all&file={file.pk}",
                article="第14条",
            ),
            _list(file),
        ]
    )


def _list(file: PersonalInformationFile) -> Offer:
    return Offer(
        label="このファイルの申請を見る",
        consequence="これまでの複製・送信・持出しの申請です。",
        url=f"{reverse('handling:list')}?tab=all&file={file.pk}",
        article="第12条",
    )
