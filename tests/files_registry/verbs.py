"""Every verb on files and notifications once: how to come to it, how to do it, who may, and from where."""

from dataclasses import dataclass

from files_registry.catalogue import workflow as files
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings import workflow
from files_registry.filings.models import FilingStatus, Result
from nerima_privacy.calendars.periods import today
from tests import every_verb
from tests.files_registry import steps
from tests.interruption import every_row as everything  # noqa: F401 - what a refusal must leave

S = FilingStatus
WRITERS = {"manager", "officer", "second_officer"}
DECIDER = {"disclosure_manager"}
DISCLOSURE = {"disclosure_manager", "disclosure_staff"}
MANAGER = {"manager"}


@dataclass(frozen=True)
class Example(every_verb.Example):
    """`kind`: of the notification the example makes."""

    kind: str = "new"


def _minor(cast):
    return steps.change(cast, items=steps.CELLS["items"], remarks="様式を改めた。")


def _never_notified(cast):
    """A file that is held, and of which nobody ever told 情報公開課長."""
    file = steps.held(cast).file
    PersonalInformationFile.objects.filter(pk=file.pk).update(first_filed_on=None)
    return file


EXAMPLES: dict[str, Example] = {
    "draft_new": Example(
        lambda cast: cast.tax,
        lambda cast, unit, actor: workflow.draft_new(unit.pk, actor=actor, data={"name": "新しいファイル"}),
        WRITERS,
        quiet=True,
    ),
    "draft_change": Example(
        lambda cast: steps.held(cast).file,
        lambda cast, file, actor: workflow.draft_change(file.pk, actor=actor),
        WRITERS,
        quiet=True,
    ),
    "draft_cease": Example(
        lambda cast: steps.held(cast).file,
        lambda cast, file, actor: workflow.draft_cease(file.pk, actor=actor),
        WRITERS,
        quiet=True,
    ),
    "draft_take_in": Example(
        _never_notified,
        lambda cast, file, actor: workflow.draft_take_in(file.pk, actor=actor),
        WRITERS,
        quiet=True,
    ),
    "draft_again": Example(
        lambda cast: steps.notified(cast, Result.RECONSIDER),
        lambda cast, f, actor: workflow.draft_again(f.pk, actor=actor),
        WRITERS,
        {S.NOTIFIED, S.WITHDRAWN},
        quiet=True,
    ),
    "save_draft": Example(
        steps.draft,
        lambda cast, f, actor: workflow.save_draft(f.pk, {"scope": "全区民"}, stamp=f.stamp, actor=actor),
        WRITERS,
        {S.DRAFT, S.RETURNED, S.CORRECTING},
        quiet=True,
    ),
    "submit": Example(
        steps.draft,
        lambda cast, f, actor: workflow.submit(f.pk, note="お願いします。", actor=actor),
        WRITERS,
        {S.DRAFT, S.RETURNED, S.CORRECTING},
    ),
    "send_back": Example(
        steps.submitted,
        lambda cast, f, actor: workflow.send_back(f.pk, reason="6欄を具体的に。", actor=actor),
        MANAGER,
        {S.SUBMITTED},
    ),
    "file": Example(
        steps.submitted,
        lambda cast, f, actor: workflow.file(f.pk, actor=actor),
        MANAGER,
        {S.DRAFT, S.SUBMITTED, S.RETURNED, S.CORRECTING},
    ),
    "request_correction": Example(
        steps.filed,
        lambda cast, f, actor: workflow.request_correction(f.pk, reason="8欄を確かめて。", actor=actor),
        DISCLOSURE,
        {S.FILED},
    ),
    "withdraw": Example(
        steps.filed,
        lambda cast, f, actor: workflow.withdraw(f.pk, reason="事務をやめた。", actor=actor),
        MANAGER,
        {S.DRAFT, S.SUBMITTED, S.RETURNED, S.FILED, S.CORRECTING, S.PROPOSED, S.NOTIFIED},
    ),
    "propose": Example(
        steps.filed,
        lambda cast, f, actor: workflow.consider(f.pk, propose=True, reason="新しい事務", actor=actor),
        DECIDER,
        {S.FILED},
    ),
    "decide": Example(
        steps.filed,
        lambda cast, f, actor: workflow.consider(
            f.pk, propose=False, reason="定例の事務", result="no_objection", actor=actor
        ),
        DECIDER,
        {S.FILED},
    ),
    "record_outcome": Example(
        steps.proposed,
        lambda cast, f, actor: workflow.record_outcome(
            f.pk, council_on=today(), outcome="了承", result="no_objection", actor=actor
        ),
        DISCLOSURE,
        {S.PROPOSED},
    ),
    "notify": Example(steps.decided, lambda cast, f, actor: workflow.notify(f.pk, actor=actor), DECIDER, {S.DECIDED}),
    "hold": Example(
        steps.notified,
        lambda cast, f, actor: workflow.hold(f.pk, on=today(), actor=actor),
        WRITERS,
        {S.NOTIFIED},
    ),
    "apply_change": Example(
        lambda cast: steps.change(cast, S.NOTIFIED),
        lambda cast, f, actor: workflow.apply_change(f.pk, on=today(), actor=actor),
        WRITERS,
        {S.NOTIFIED},
        kind="change",
    ),
    "apply_without_notice": Example(
        _minor,
        lambda cast, f, actor: workflow.apply_without_notice(f.pk, on=today(), actor=actor),
        MANAGER,
        {S.DRAFT, S.SUBMITTED, S.RETURNED},
        kind="change",
    ),
    "receive": Example(
        lambda cast: steps.cease(cast, S.FILED),
        lambda cast, f, actor: workflow.receive(f.pk, actor=actor),
        DISCLOSURE,
        {S.FILED},
        kind="cease",
    ),
    "record_disposal": Example(
        lambda cast: steps.cease(cast, S.RECEIVED).file,
        lambda cast, file, actor: files.record_disposal(
            file.pk, kind="erased", on=today(), note="2人で確認した。", actor=actor
        ),
        WRITERS,
    ),
}
ON_FILINGS = every_verb.with_starts(EXAMPLES)
