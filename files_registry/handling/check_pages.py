"""What the pages of checks before sending are given to print (第14条)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.pressing import Button, Tried
from files_registry.handling import check_presenters, policies, presenters
from files_registry.handling.acts import Channel, Level
from files_registry.handling.forms import Find
from files_registry.handling.models import CheckStatus, HandlingStatus, SendingCheck
from files_registry.handling.more_actions import CHECK_ACTIONS
from files_registry.handling.more_pages import tried_form
from files_registry.handling.panel import Group, Panel, Stage, panel_of
from files_registry.handling.requirements import levels_of
from files_registry.handling.sending_form import SendingForm
from files_registry.handling.standing import usable
from files_registry.handling.steps import check_steps
from files_registry.handling.turns import check_waits
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameters
from nerima_privacy.law.parameters import rows as law_rows
from nerima_privacy.law.presenters import note_of
from roles.models import Person

CHECK_STAGES = {
    CheckStatus.FILLED: Stage(
        "二人目の確認",
        "第14条",
        (Group(("confirm",)), Group(("send-back",), folded=True), Group(("call-off",), folded=True)),
        "一人目とは別に、もう一度、実物や画面を見て確かめてください。",
    ),
    CheckStatus.CONFIRMED: Stage(
        "送付の記録",
        "第14条",
        (Group(("sent",)), Group(("call-off",), folded=True)),
        "二人の確認が終わりました。送ったら、記録してください。",
    ),
}
TABS = [("open", "二人目の確認待ち"), ("unsent", "送付待ち"), ("all", "すべて")]
NEEDS = {
    Level.NOTE: "許可は要りません",
    Level.STANDING: "包括許可が要ります",
    Level.EACH: "その都度の許可が要ります",
}


def check(made: SendingCheck, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One check: what is sent, the points, who ticked them first, and who confirms."""
    panel, waiting = _panel(made, user, tried), check_waits(made)
    return {
        "check": made,
        "request_": made.request,
        "kind": presenters.kind(made),
        "panel": panel,
        "now": presenters.now_sentence(waiting, panel.mine),
        "steps": check_steps(made, "あなた" if panel.mine else waiting.seat if waiting else ""),
        "note_title": "送付を取りやめました" if made.status == CheckStatus.CALLED_OFF else "やり直しを求められました",
        "facts": check_presenters.sending_facts(made),
        "people": check_presenters.check_people(made),
        "sent": check_presenters.sent_facts(made),
        "inside": policies.can_see_rules(user, made.unit),
        "timeline": presenters.told(timeline(made)),
        **tried_form(tried),
    }


def _panel(made: SendingCheck, user: Person, tried: Tried | None) -> Panel:
    """The second look, or the sending; a sending that was asked for is recorded on the page of its request."""
    stage = CHECK_STAGES.get(CheckStatus(made.status))
    asked = made.request if made.status == CheckStatus.CONFIRMED else None
    if asked is not None and stage is not None:
        lead = "二人の確認が終わりました。送ったことは、申請のページで記録します。"
        still = asked.status == HandlingStatus.ALLOWED
        stage = Stage("実施の記録", "第12条", stage.groups[1:], lead) if still else None
    panel = panel_of(made, user, stage, CHECK_ACTIONS, "check-", tried)
    # A colleague may do it too, and has it on no desk.
    panel.mine = user.pk == (made.asked_of_id if made.status == CheckStatus.FILLED else made.filled_by_id) and bool(
        stage
    )
    if made.status == CheckStatus.FILLED and user.pk == made.filled_by_id:
        panel.lead = f"{made.asked_of.name}さんに、二人目の確認を頼んでいます。終わるまで送らないでください。"
    if asked is not None:
        panel.links = [Button(f"申請 {asked.pk} のページへ", asked.get_absolute_url())]
    return panel


def checks(rows: list[SendingCheck], user: Person, tab: str, find: Find) -> dict[str, Any]:
    """The list of checks under its tabs, with those the reader was asked for marked."""
    file = f"&file={find.of_file}" if find.of_file is not None else ""
    rest = f"{file}&{urlencode({'q': find.words})}" if find.words else file
    late = _late(rows)
    return {
        "tab": tab,
        "tabs": [{"url": f"?tab={key}{rest}", "label": label, "current": key == tab} for key, label in TABS],
        "find": find,
        "plain": f"?tab={tab}{file}",
        "whole": f"?tab={tab}",
        "rows": [
            {
                "check": row,
                "kind": "late" if row.pk in late else "info" if row.unsent else presenters.kind(row),
                "mine": row.status == CheckStatus.FILLED and row.asked_of_id == user.pk,
                "waited": presenters.waited(row.filled_at) if row.status == CheckStatus.FILLED else "",
                "unsent": presenters.waited(row.confirmed_at) if row.unsent and row.confirmed_at else "",
            }
            for row in rows
        ],
    }


def _late(rows: list[SendingCheck]) -> set[int]:
    """Those nobody confirmed, or of which nobody said that they were sent, within the ward's own days."""
    waiting = [row for row in rows if row.status == CheckStatus.FILLED or row.unsent]
    if not waiting:
        return set()
    days = parameters(["sending.confirm_days", "sending.send_days"])
    confirm, send = (today() - timedelta(days=int(value)) for value in days.values())
    moments = [(row.pk, row.confirmed_at, send) if row.unsent else (row.pk, row.filled_at, confirm) for row in waiting]
    return {pk for pk, since, first in moments if since is not None and timezone.localdate(since) < first}


def channels(file: PersonalInformationFile) -> dict[str, Any]:
    """Each way to send, and what it needs for this file."""
    levels = levels_of(file)
    rows = [
        {"channel": channel, "level": NEEDS[levels[channel.act]], "each": levels[channel.act] == Level.EACH}
        for channel in Channel
    ]
    return {"file": file, "rows": rows}


def new(
    file: PersonalInformationFile, channel: Channel, user: Person, data: QueryDict | None, token: str
) -> dict[str, Any]:
    """The form of a check without a request, with the channel's checklist."""
    listed = law_rows([channel.checklist])[channel.checklist]
    level = levels_of(file)[channel.act]
    unit = policies.asking_unit(user, file) or file.unit_id
    fitting = []
    if level == Level.STANDING:
        fitting = [permission for permission in usable(file.pk, unit) if channel.act in permission.acts]
    form = SendingForm(data, file=file, channel=channel, level=level, permissions=fitting, initial={"token": token})
    form.offer(listed.value, policies.confirmers(user, file.unit_id, unit))
    return {
        "file": file,
        "channel": channel,
        "form": form,
        "each": level == Level.EACH,
        "none": level == Level.STANDING and not fitting,
        "level": NEEDS[level],
        "source": listed.source,
        "note": note_of(listed),
    }
