"""Each verb: by whom, from where, all of it or nothing (第15条・第17条)."""

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.access.granting import close_right
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.rights import Right
from nerima_privacy.refusals import MoveRefused
from tests import every_verb
from tests.files_registry import ledger_steps as steps
from tests.files_registry.ledger_verbs import EXAMPLES

pytestmark = [pytest.mark.article("15-1"), pytest.mark.article("17-1")]
NOT_BY_ENTERING = {
    "dispose_medium",
    "dispose_media",
    "correct_entry",
    "correct_verification",
    "output_ledger",
    "output_unit",
}
ON_FILES = ["write_entry", "write_entries", "verify", "register_medium"]


def file_of(subject):
    if isinstance(subject, list):
        subject = subject[0]
    return subject if isinstance(subject, PersonalInformationFile) else subject.file


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    assert entry.post_label


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.ledgers.telling"
    )


@pytest.mark.parametrize("status", [FileStatus.PREPARING, FileStatus.ABANDONED])
@pytest.mark.parametrize("name", ON_FILES)
def test_nothing_is_written_of_a_file_that_is_not_held(cast, name, status):
    example = EXAMPLES[name]
    file = example.before(cast)
    PersonalInformationFile.objects.filter(pk=file.pk).update(status=status)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="できません"):
        example.verb(cast, file, cast.officer)
    assert steps.everything() == before


@pytest.mark.parametrize("name", ["move_medium", "complete_medium", "dispose_medium"])
def test_a_medium_disposed_of_stays_as_it_was(cast, name):
    medium = steps.registered(cast)
    EXAMPLES["dispose_medium"].verb(cast, medium, cast.officer)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="処分されている"):
        EXAMPLES[name].verb(cast, medium, cast.officer)
    assert steps.everything() == before


@pytest.mark.parametrize("name", ["correct_entry", "correct_verification"])
def test_a_line_is_corrected_once(cast, name):
    line = EXAMPLES[name].before(cast)
    EXAMPLES[name].verb(cast, line, cast.officer)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="訂正しました"):
        EXAMPLES[name].verb(cast, line, cast.manager)
    assert steps.everything() == before


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in NOT_BY_ENTERING])
def test_a_grant_of_entering_lets_a_clerk_do_it_until_it_ends(cast, name):
    subject = EXAMPLES[name].before(cast)
    with pytest.raises(PermissionDenied):
        EXAMPLES[name].verb(cast, subject, cast.clerk)
    given = steps.grant(cast, file_of(subject), "clerk")
    EXAMPLES[name].verb(cast, subject, cast.clerk)
    close_right(given, reason="終わり", actor=cast.manager)
    with pytest.raises(PermissionDenied):
        EXAMPLES[name].verb(cast, subject, cast.clerk)


def test_disposing_needs_the_right_to_erase(cast):
    medium = steps.registered(cast)
    steps.grant(cast, medium.file, "clerk", Right.OPEN, Right.ENTER)
    with pytest.raises(PermissionDenied):
        EXAMPLES["dispose_medium"].verb(cast, medium, cast.clerk)
    steps.grant(cast, medium.file, "second_clerk", Right.ERASE)
    EXAMPLES["dispose_medium"].verb(cast, medium, cast.second_clerk)


def test_a_clerk_corrects_only_what_the_clerk_wrote(cast):
    entry = steps.wrote(cast)
    steps.grant(cast, entry.file, "clerk")
    with pytest.raises(PermissionDenied):
        EXAMPLES["correct_entry"].verb(cast, entry, cast.clerk)
    own = steps.wrote(cast, entry.file, "clerk")
    EXAMPLES["correct_entry"].verb(cast, own, cast.clerk)
