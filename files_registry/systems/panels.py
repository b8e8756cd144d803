"""What this area puts on the page of a file: in which systems it is kept, who administers them, what is agreed."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.panels import Line, Offer, Panel, Section, register_panel
from files_registry.systems.policies import can_link
from files_registry.systems.queries import agreed_on, in_office, links_on, topics
from files_registry.systems.suggesting import not_among
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from roles.models import Person

ARTICLE = "第5条第4項"


@register_panel
def panel(file: PersonalInformationFile, person: Person) -> Panel:
    """For those with a seat over the unit; two queries. No right over the file is asked: nothing in it is shown."""
    if file.status not in {FileStatus.HELD, FileStatus.CEASED}:
        return Panel()
    codes = list(topics())
    links = _links(file, codes)
    held = file.status == FileStatus.HELD
    links_here = held and can_link(person, file)
    section = Section(
        title="情報システム",
        article=ARTICLE,
        lines=[_line(link, file, len(codes), can_end=links_here) for link in links],
        note=_note(file, [link.system.name for link in links]),
    )
    offer = Offer(
        label="情報システムに結びつける",
        consequence="ファイルを置いている情報システムを登録から選びます。",
        url=reverse("systems:link", args=[file.pk]),
        article=ARTICLE,
    )
    shown = bool(links) or bool(section.note) or links_here
    return Panel(offers=[offer] if links_here else [], sections=[section] if shown else [])


def _links(file: PersonalInformationFile, codes: list[str]) -> list[Any]:
    """The links of today, each with its administrator's name and the number of topics agreed."""
    on = today()
    named = in_office(on).filter(system=OuterRef("system")).order_by("-valid_from", "-pk")
    agreed = agreed_on(on).filter(system=OuterRef("system"), unit=OuterRef("file__unit"), topic__in=codes)
    count = agreed.order_by().values("system").annotate(n=Count("topic", distinct=True)).values("n")
    rows = links_on(on).filter(file=file).select_related("system__unit__parent").order_by("system__name")
    return list(
        rows.annotate(
            administrator=Subquery(named.values("person__name")[:1]),
            agreed=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)),
        )
    )


def _line(link: Any, file: PersonalInformationFile, total: int, *, can_end: bool) -> Line:
    chips = [] if link.administrator else [("管理者がいません", "late")]
    chips.append((f"合意 {link.agreed}/{total}", "done" if link.agreed >= total else "soon"))
    links = [("合意を見る", reverse("systems:pair", args=[link.system_id, file.unit_id]))]
    if can_end and link.valid_to is None:
        links.append(("結びつきを終える", reverse("systems:unlink", args=[link.pk])))
    until = f"{wareki(link.valid_to)}まで" if link.valid_to else ""
    who = f"管理者　{link.administrator}　" if link.administrator else ""
    return Line(
        text=link.system.name,
        url=link.system.get_absolute_url(),
        detail=f"{who}所管　{link.system.unit.full_name}　{wareki(link.valid_from)}から{until}",
        chips=chips,
        links=links,
    )


def _note(file: PersonalInformationFile, names: list[str]) -> str:
    """What the form says, where no link says the same (様式の記載)."""
    written = not_among(file, names)
    return f"様式の記載　{written}" if written else ""
