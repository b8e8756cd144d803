"""What notifications put on the pages of files: the procedure under way, and the notifications one may begin."""

from dataclasses import replace

from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.panels import Offer, Panel, Procedure, register_marker, register_panel
from files_registry.catalogue.policies import can_draft
from files_registry.filings.actions import writers
from files_registry.filings.models import OPEN_STATUSES, Filing
from files_registry.filings.policies import visible_to
from files_registry.filings.presenters import status_kind
from files_registry.filings.queries import for_list
from files_registry.filings.turns import ENDED, Waiting, who_has_it
from roles.models import Person

EARLIER = 10


@register_panel
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """The notification under way, those before it, and the verbs of 第10条 that begin one."""
    filings = list(
        visible_to(person, single=True)
        .filter(file=file)
        .select_related("file", "unit__parent", "drafted_by")
        .order_by("-pk")[: EARLIER + 1]
    )
    open_filing = next((filing for filing in filings if filing.status in OPEN_STATUSES), None)
    return Panel(
        procedure=_procedure(open_filing, who_has_it(open_filing)) if open_filing else None,
        offers=[_open(open_filing)] if open_filing else _offers(file, person),
        earlier=[_ended(filing) for filing in filings if filing.status in ENDED],
    )


def _procedure(filing: Filing, waiting: Waiting | None = None) -> Procedure:
    """As the page and the list of files say it; with who has it now where somebody has."""
    return Procedure(
        title=filing.get_kind_display(),
        url=filing.get_absolute_url(),
        status=filing.get_status_display(),
        kind=status_kind(filing),
        now_with=waiting.seat if waiting else "",
        since=filing.status_since,
        note=waiting.note if waiting else "",
    )


def _open(filing: Filing) -> Offer:
    return Offer(
        label="手続中の届出を開く",
        consequence=f"「{filing.get_status_display()}」の{filing.get_kind_display()}があります。終わるまで、別の届出は作れません。",
        url=filing.get_absolute_url(),
    )


def _ended(filing: Filing) -> Procedure:
    title = f"{filing.get_kind_display()}　{filing.number or ''}".strip()
    return replace(_procedure(filing), title=title, since=filing.closed_at or filing.status_since)


def _offers(file: PersonalInformationFile, person: Person) -> list[Offer]:
    """What may be begun from here; with the reason where it may not."""
    if file.status != FileStatus.HELD:
        return []
    refused = "" if can_draft(person, file.unit) else f"届け出ることができるのは、{_writers(file)}です。"
    if file.first_filed_on is None:
        return [
            Offer(
                label="保有を届け出る（おくれた届出）",
                consequence="届出のないまま保有しているファイルです。いまの内容から届出を作ります。",
                url=reverse("filings:take-in", args=[file.pk]),
                article="第10条第1項",
                post=True,
                primary=True,
                refused=refused,
            )
        ]
    if refused:
        return [Offer(label="変更・廃止を届け出る", consequence="", url="", article="第10条", refused=refused)]
    return _offers_of_the_unit(file)


def _offers_of_the_unit(file: PersonalInformationFile) -> list[Offer]:
    return [
        Offer(
            label="変更を届け出る",
            consequence="いまの内容を写した下書きを作ります。変更は、結果の通知を受けてから実施します。",
            url=reverse("filings:change", args=[file.pk]),
            article="第10条第1項",
            post=True,
            primary=True,
        ),
        Offer(
            label="廃止を届け出る",
            consequence="保有をやめたことを届け出る下書きを作ります。やめたら速やかに届け出てください。",
            url=reverse("filings:cease", args=[file.pk]),
            article="第10条第3項",
            post=True,
        ),
        Offer(
            label="様式を写して新しく届け出る",
            consequence="このファイルの記入を写して、別のファイルの届出を作ります。",
            url=f"{reverse('filings:new')}?copy={file.pk}",
            article="第10条第1項",
        ),
    ]


def _writers(file: PersonalInformationFile) -> str:
    return writers(Filing(unit=file.unit))


@register_marker
def marks(ids: list[int]) -> dict[int, Procedure]:
    """The open notification of each file of a list. Who may see the file's line sees that one is under way."""
    filings = for_list(Filing.objects.filter(file__in=ids, status__in=OPEN_STATUSES, filed_at__isnull=False))
    return {filing.file_id: _procedure(filing) for filing in filings}
