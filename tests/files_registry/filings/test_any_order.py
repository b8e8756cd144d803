"""Whatever is done in whatever order, what the guideline says of files holds after every step (第10条)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from files_registry.catalogue import workflow as files
from files_registry.catalogue.cells import needs_notification
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.filings import workflow
from files_registry.filings.models import Filing, FilingKind, Result
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.cast import build
from tests.files_registry import steps

PEOPLE = st.sampled_from(["manager", "officer", "disclosure_manager", "disclosure_staff", "chief", "clerk"])
DAYS = st.sampled_from([-20, -1, 0, 1])
WORDS = st.sampled_from(["", "理由です。"])


def found(cast):
    """A file that turns out to be held though nobody notified it."""
    file = PersonalInformationFile.objects.create(number="T-1", unit=cast.tax, name="古い台帳", created_by=cast.officer)
    cells = {**steps.CELLS, "name": file.name, "organ": cast.mayor, "unit": cast.tax}
    version = FileVersion.objects.create(
        file=file, number=1, status=VersionStatus.IN_FORCE, in_force_from=today(), **cells
    )
    file.current, file.status, file.held_from = version, FileStatus.HELD, today()
    file.save()
    return file


class AnyOrder(RuleBasedStateMachine):
    """One file of 税務課, and people who try everything."""

    @initialize(found_held=st.booleans())
    def begin(self, found_held):
        self.sid = transaction.savepoint()
        self.cast = build()
        self.done = 0
        self.found = found(self.cast) if found_held else None
        take_in = workflow.draft_take_in
        self.filing = take_in(self.found.pk, actor=self.cast.officer) if found_held else steps.draft(self.cast)
        self.file = self.filing.file
        self.entries = Entry.objects.count()

    def teardown(self):
        if hasattr(self, "sid"):
            transaction.savepoint_rollback(self.sid)

    def attempt(self, verb, subject, who, *args, **facts):
        """Do it; a refusal must leave everything as it was."""
        try:
            answer = verb(subject, *args, actor=self.cast.people[who], **facts)
        except (PermissionDenied, MoveRefused, Invalid):
            assert Entry.objects.count() == self.entries
            return
        self.entries += 1
        assert Entry.objects.count() == self.entries
        if isinstance(answer, Filing):
            self.filing = answer

    @rule()
    def proceed(self):
        """The next step by who should take it, so that every part of a file's life is reached."""
        filing = Filing.objects.select_related("file").get(pk=self.filing.pk)
        chief, on = "disclosure_manager", {"on": today()}
        result = {"propose": False, "reason": "定例", "result": "no_objection"}
        ceasing = filing.kind == FilingKind.CEASE
        effect = workflow.hold if filing.kind == FilingKind.NEW else workflow.apply_change
        steps_on = {
            "draft": (workflow.file, "manager", {"late_reason": "理由"}),
            "submitted": (workflow.file, "manager", {"late_reason": "理由"}),
            "returned": (workflow.file, "manager", {"late_reason": "理由"}),
            "correcting": (workflow.file, "manager", {"late_reason": "理由"}),
            "filed": (workflow.receive, chief, {}) if ceasing else (workflow.consider, chief, result),
            "proposed": (
                workflow.record_outcome,
                chief,
                {"council_on": today(), "outcome": "了承", "result": "no_objection"},
            ),
            "decided": (workflow.notify, chief, {}),
            "notified": (effect, "officer", on),
        }
        if filing.status in steps_on:
            verb, who, facts = steps_on[filing.status]
            self.attempt(verb, filing.pk, who, **facts)

    @rule(who=PEOPLE, verb=st.sampled_from([workflow.submit, workflow.file, workflow.notify, workflow.receive]))
    def go_on(self, who, verb):
        self.attempt(verb, self.filing.pk, who)

    @rule(who=PEOPLE)
    def file_late(self, who):
        self.attempt(workflow.file, self.filing.pk, who, late_reason="もれていた。")

    @rule(
        who=PEOPLE,
        reason=WORDS,
        verb=st.sampled_from([workflow.send_back, workflow.request_correction, workflow.withdraw]),
    )
    def go_back(self, who, reason, verb):
        self.attempt(verb, self.filing.pk, who, reason=reason)

    @rule(who=PEOPLE, propose=st.booleans(), result=st.sampled_from(["", *Result.values]))
    def consider(self, who, propose, result):
        facts = {"propose": propose, "reason": "検討した。", "result": result, "result_text": "意見"}
        self.attempt(workflow.consider, self.filing.pk, who, **facts)

    @rule(who=PEOPLE, days=DAYS)
    def record_outcome(self, who, days):
        on = today() + timedelta(days=days)
        self.attempt(workflow.record_outcome, self.filing.pk, who, council_on=on, outcome="了承", result="no_objection")

    @rule(
        who=PEOPLE,
        days=DAYS,
        verb=st.sampled_from([workflow.hold, workflow.apply_change, workflow.apply_without_notice]),
    )
    def take_effect(self, who, days, verb):
        self.attempt(verb, self.filing.pk, who, on=today() + timedelta(days=days))

    @rule(
        who=PEOPLE,
        verb=st.sampled_from([workflow.draft_change, workflow.draft_cease, workflow.draft_take_in]),
        days=DAYS,
    )
    def begin_another(self, who, verb, days):
        self.attempt(verb, self.file.pk, who, data={"planned_on": today() + timedelta(days=days)})

    @rule(who=PEOPLE, text=st.sampled_from(["氏名", "氏名\n住所"]), stale=st.booleans(), already=st.booleans())
    def save(self, who, text, stale, already):
        data = {"already_done": already}
        if self.filing.kind != FilingKind.CEASE:
            data["items"] = text
        stamp = Filing.objects.get(pk=self.filing.pk).stamp - stale
        self.attempt(workflow.save_draft, self.filing.pk, who, data, stamp=stamp)

    @rule()
    def change_without_notice(self):
        """A change of a cell that needs no notification, so that the way without one is reached."""
        self.attempt(workflow.draft_change, self.file.pk, "officer", data={"remarks": "様式を改めた。", **steps.plan()})
        self.attempt(workflow.apply_without_notice, self.filing.pk, "manager", on=today())

    @rule(who=PEOPLE)
    def draft_again(self, who):
        self.attempt(workflow.draft_again, self.filing.pk, who)

    @rule(who=PEOPLE, days=DAYS)
    def dispose(self, who, days):
        on = today() + timedelta(days=days)
        self.attempt(files.record_disposal, self.file.pk, who, kind="erased", on=on, note="確認した。")

    @invariant()
    def the_guideline_holds(self):
        if not hasattr(self, "file"):
            return
        file = PersonalInformationFile.objects.get(pk=self.file.pk)
        filings = list(file.filings.all())
        told = [f for f in filings if f.kind == FilingKind.NEW and f.notified_at and f.result != Result.RECONSIDER]
        for change in (f for f in filings if f.kind == FilingKind.CHANGE and f.effected_on):
            assert change.notified_at or not needs_notification(change.base_version, change.version)
        if self.found and not any(f.effected_on for f in filings):
            assert file.current_id in {self.found.current_id, None}, "the late notification took effect by itself"
        elif file.status in {FileStatus.HELD, FileStatus.CEASED} and not self.found:
            assert told, "held without a result"
            held = [f for f in told if f.effected_on]
            assert held
            assert all(f.already_done or f.effected_on >= f.notified_at.date() for f in held)
        if file.status == FileStatus.CEASED:
            assert any(f.kind == FilingKind.CEASE and f.status == "received" for f in filings)
        if file.disposal:
            assert file.status == FileStatus.CEASED
        versions = list(file.versions.all())
        assert sum(v.status == VersionStatus.IN_FORCE for v in versions) == (file.status == FileStatus.HELD)
        assert sum(f.closed_at is None for f in filings) <= 1
        for filing in filings:
            assert filing.considered_by_id is None or filing.considered_by_id != filing.filed_by_id
            assert not filing.late or filing.late_reason
            assert (filing.number is None) == (filing.filed_at is None)


@pytest.mark.article("10-1")
@pytest.mark.django_db
def test_the_guideline_holds_in_whatever_order_things_are_done():
    assert connection.in_atomic_block
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
