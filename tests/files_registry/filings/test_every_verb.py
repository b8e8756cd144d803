"""Each verb: by whom, from where, all of it or nothing (第10条)."""

import pytest

from files_registry.filings.models import Filing, FilingKind
from nerima_privacy.refusals import MoveRefused
from tests import every_verb
from tests.files_registry.verbs import EXAMPLES, ON_FILINGS

pytestmark = pytest.mark.article("10-1")


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    assert entry.post_label


def put(cast, filing, status):
    Filing.objects.filter(pk=filing.pk).update(status=status)


@pytest.mark.parametrize("name", ON_FILINGS)
def test_it_is_refused_from_every_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


@pytest.mark.parametrize("name", ["propose", "decide", "hold", "apply_change", "apply_without_notice"])
def test_it_is_refused_for_other_kinds(cast, name):
    example = EXAMPLES[name]
    filing = example.before(cast)
    own = {FilingKind.NEW, FilingKind.CHANGE} if name in {"propose", "decide"} else {example.kind}
    for kind in set(FilingKind.values) - own:
        Filing.objects.filter(pk=filing.pk).update(kind=kind)
        with pytest.raises(MoveRefused):
            example.verb(cast, filing, cast.people[sorted(example.may)[0]])


def test_only_ceasing_is_received(cast):
    filing = EXAMPLES["decide"].before(cast)
    with pytest.raises(MoveRefused, match="受理する"):
        EXAMPLES["receive"].verb(cast, filing, cast.disclosure_manager)


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.filings.telling", "files_registry.catalogue.workflow"
    )


@pytest.mark.parametrize("name", ["submit", "send_back", "file", "decide", "notify", "hold"])
def test_a_double_click_does_a_verb_once(cast, name):
    every_verb.is_done_once(cast, EXAMPLES[name])
