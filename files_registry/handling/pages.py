"""What each page of requests is given to print."""

from secrets import token_urlsafe
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.pressing import Button, Tried
from files_registry.handling import facts as checks
from files_registry.handling import policies, presenters
from files_registry.handling.actions import REQUEST_ACTIONS
from files_registry.handling.acts import Act, Level
from files_registry.handling.forms import Filter
from files_registry.handling.listing import TABS, extensions_of, open_check
from files_registry.handling.models import (
    Extension,
    ExtensionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.panel import Group, Panel, Stage, panel_of
from files_registry.handling.requirements import class_of, levels_of
from files_registry.handling.standing import usable
from files_registry.handling.steps import steps
from files_registry.handling.turns import Waiting, keep_seating, seat_all, who_has_it
from files_registry.handling.writing_forms import BeginForm, RequestForm
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import parameter, parameters
from nerima_privacy.refusals import Invalid
from roles.models import Person
from roles.seats import Seat

H = HandlingStatus
EXTENSION_MAY = (Group(("ask-extension",), folded=True),)
EXTENSION_WAITS = (
    Group(("grant-extension", "refuse-extension")),
    Group(("withdraw-extension",), folded=True),
)
WITHDRAW = Group(("withdraw",), folded=True)
STAGES = {
    H.DRAFT: Stage("記入", "第12条", (Group(("submit",)), WITHDRAW)),
    H.ASKED: Stage("確認への回答", "第12条", (Group(("submit",)), WITHDRAW)),
    H.SUBMITTED: Stage("許可の判断", "第12条", (Group(("allow", "refuse", "ask-back")), WITHDRAW)),
    H.ALLOWED: Stage("実施", "第12条", (Group(("done",)), WITHDRAW, Group(("close",), folded=True))),
    H.DONE: Stage("返却・消去", "第12条", (Group(("returned",)), Group(("close",), folded=True))),
    H.RETURNED: Stage(
        "終了の確認", "第12条", (Group(("close",)),), "返却・消去の確かめ方を見て、よければ終えてください。"
    ),
}


def request_list(request: PersonRequest, tab: str, form: Filter, page: Page) -> dict[str, Any]:
    """The list under its tabs."""
    wanted = form.wanted()
    seat_all(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("tab", None)
    return {
        "tab": tab,
        "tabs": [{"key": key, "label": label, "current": key == tab} for key, label in TABS],
        "filter": form,
        "filtered": bool(wanted),
        "more_filters": bool(wanted.keys() & {"act", "status"}),
        "page": page,
        "rows": [presenters.list_row(row) for row in page.object_list],
        "rest": query.urlencode(),
        "plain": f"?tab={tab}",
    }


def media_labels(rows: list[dict[str, str]]) -> dict[str, str]:
    """Code → name of each medium."""
    return {row["code"]: row["label"] for row in rows}


def detail(request: HandlingRequest, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One request: where it stands, what it says, what may be done."""
    keep_seating(request)
    values = parameters(["handling.media", "confidentiality.classes"])
    classes = media_labels(values["confidentiality.classes"])
    waiting = who_has_it(request)
    check = open_check(request) if request.channel and request.status == H.ALLOWED else None
    extensions = extensions_of(request)
    panel = request_panel(request, user, check, tried)
    decides = _extending(request, user, panel, extensions, tried)
    code = request.class_code if request.submitted_at else class_of(request.file)
    return {
        "request_": request,
        "kind": presenters.kind(request),
        "warning": presenters.warning(request),
        "now": presenters.now_sentence(Waiting("", decides.asked_at) if decides else waiting, panel.mine),
        "panel": panel,
        "steps": steps(request, "あなた" if panel.mine and not decides else waiting.seat if waiting else ""),
        "facts": presenters.facts(request, media_labels(values["handling.media"])),
        "outcome": presenters.outcome(request, classes.get(code, "定められていません")),
        "extensions": [presenters.extension_row(extension) for extension in extensions],
        "timeline": presenters.told(timeline(request)),
        "check": check or request.confirmed_check,
        "form": tried.form if tried else None,
        "kept": tried.kept if tried else [],
        "to_return": request.return_due_on is not None,
        "inside": policies.can_see_rules(user, request.unit),
    }


def request_panel(request: HandlingRequest, user: Person, check: SendingCheck | None, tried: Tried | None) -> Panel:
    """The panel of a request: besides its buttons, the form of a draft and the check of a sending."""
    status = H(request.status)
    panel = panel_of(request, user, STAGES.get(status), REQUEST_ACTIONS, "", tried)
    if status in {H.DRAFT, H.ASKED}:
        _writing(request, user, panel)
    elif status == H.ALLOWED and request.channel and request.confirmed_check_id is None:
        _checking(request, user, panel, check)
    return panel


def _writing(request: HandlingRequest, user: Person, panel: Panel) -> None:
    if not policies.can_write(user, request):
        return
    panel.missing = missing(request)
    if request.status == H.ASKED:
        panel.lead = f"「{request.instructions}」と確認を求められています。記入を直して答えてください。"
    panel.links.append(
        Button("記入を続ける", reverse("handling:edit", args=[request.pk]), "go" if panel.missing else "")
    )
    if panel.missing:
        panel.blocks = [block for block in panel.blocks if block.folded]
        panel.lead = panel.lead or "書き終わると、ここから許可を求められます。"
        panel.mine = True


def _checking(request: HandlingRequest, user: Person, panel: Panel, check: SendingCheck | None) -> None:
    """A sending cannot be recorded as done before two people checked it (第14条)."""
    mine = policies.can_fill_check(user, request)
    panel.blocks = [block for block in panel.blocks if block.folded]
    panel.title, panel.article = "送る前の確認", "第14条"
    panel.mine = mine and check is None
    panel.refused = []
    if check is not None:
        panel.lead = f"{check.asked_of.name}さんに、二人目の確認を頼んでいます。終わるまで送らないでください。"
        panel.links.append(Button("確認のページを開く", check.get_absolute_url()))
    elif mine:
        panel.lead = "送る前に、チェックリストで二人が確かめます。確かめ終わるまで、実施は記録できません。"
        panel.links.append(Button("送る前の確認をする", reverse("handling:fill-check", args=[request.pk]), "go"))
    else:
        panel.lead = f"送る前の確認を、{request.applicant.name}さんがはじめるのを待っています。"


def _extending(
    request: HandlingRequest, user: Person, panel: Panel, extensions: list[Extension], tried: Tried | None
) -> Extension | None:
    """A later day of return: to ask for it, to take it back, and above all else to decide on it (第12条).

    Answers the one the reader decides on.
    """
    if request.return_due_on is None or request.status not in {H.ALLOWED, H.DONE}:
        return None
    waiting = next((row for row in extensions if row.status == ExtensionStatus.ASKED), None)
    groups = EXTENSION_WAITS if waiting else EXTENSION_MAY
    stage = Stage("期限の延長の判断", "第12条", groups)
    of_it = panel_of(request, user, stage, REQUEST_ACTIONS, "", tried)
    if waiting and of_it.mine:
        panel.title, panel.mine = of_it.title, True
        panel.lead = f"{wareki(waiting.due_before)}の期限を、{wareki(waiting.due_on)}まで延ばすことを求められています。"
        panel.refused = []
        panel.blocks = of_it.blocks + panel.blocks
        return waiting
    panel.refused += of_it.refused
    ending = next((n for n, block in enumerate(panel.blocks) if block.folded), len(panel.blocks))
    panel.blocks[ending:ending] = of_it.blocks
    return None


def missing(request: HandlingRequest) -> list[tuple[str, str]]:
    """What the draft still leaves open: the field, and the sentence."""
    try:
        checks.complete(request, today())
    except Invalid as invalid:
        return list(invalid.errors.items())
    return []


def begin_form(user: Person, file: PersonalInformationFile, data: QueryDict | None) -> BeginForm:
    """The form that begins a request."""
    officer = unit_post(user, file.unit_id, Seat.PROTECTION_OFFICER) is not None
    people = policies.colleagues({file.unit_id}).exclude(pk=user.pk) if officer else None
    return BeginForm(data, levels_of(file), people, initial={"token": token_urlsafe(24)})


def edit_form(request: HandlingRequest, data: QueryDict | None = None) -> RequestForm:
    """The form of a draft, with the fields of its act."""
    media = [(row["code"], row["label"]) for row in parameter("handling.media")]
    return RequestForm(request, media, usable(request.file_id, request.applicant_unit_id), data)


def others(form: RequestForm, fresh: HandlingRequest) -> list[tuple[str, str]]:
    """What stands in the record where it differs from what was typed; the form may then be sent a second time."""
    stored = RequestForm(fresh, [], StandingPermission.objects.none())
    form.restamp(fresh)
    return [
        (str(form[name].label), str(stored[name].value() or "（空欄）"))
        for name in form.cleaned_data
        if name not in {"stamp", "standing"} and form.cleaned_data[name] != getattr(fresh, name)
    ]


def edit(request: HandlingRequest, form: RequestForm, refusal: str = "") -> dict[str, Any]:
    """The form of a draft, with what its act needs."""
    level = levels_of(request.file)[Act(request.act)]
    words = {
        Level.EACH: "この区分と行為には、その都度の許可が要ります。",
        Level.STANDING: "包括許可の範囲の中であれば、すぐに許可されます。範囲の外は、その都度の許可が要ります。",
        Level.NOTE: "この区分と行為は、記録だけでよいものです。申請すると、すぐに行えます。",
    }
    return {
        "request_": request,
        "form": form,
        "kind": presenters.kind(request),
        "level": words[level],
        "submit_label": "記録して進む" if level == Level.NOTE else "許可を求める",
        "refusal": refusal,
    }
