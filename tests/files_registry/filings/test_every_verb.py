"""Each verb: by whom, from where, all of it or nothing (第10条)."""

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.activity.models import Entry
from nerima_privacy.refusals import MoveRefused
from tests.files_registry.verbs import EXAMPLES, ON_FILINGS, everything

pytestmark = pytest.mark.article("10-1")


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = everything()
    for person in [p for who, p in cast.people.items() if who not in example.may]:
        with pytest.raises(PermissionDenied):
            example.verb(cast, subject, person)
    assert everything() == before


@pytest.mark.parametrize(("name", "who"), [(name, who) for name, e in EXAMPLES.items() for who in sorted(e.may)])
def test_who_may_does_it_and_leaves_one_entry(cast, name, who):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = Entry.objects.count()
    example.verb(cast, subject, cast.people[who])
    (entry,) = Entry.objects.order_by("pk")[before:]
    assert entry.actor == cast.people[who]
    assert entry.post_label


@pytest.mark.parametrize("name", ON_FILINGS)
def test_it_is_refused_from_every_other_state(cast, name):
    example = EXAMPLES[name]
    filing = example.before(cast)
    actor = cast.people[sorted(example.may)[0]]
    for status in set(FilingStatus) - example.starts:
        Filing.objects.filter(pk=filing.pk).update(status=status)
        before = everything()
        with pytest.raises(MoveRefused, match="できません"):
            example.verb(cast, filing, actor)
        assert everything() == before


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


@pytest.mark.parametrize("name", [name for name in EXAMPLES if not name.startswith(("draft_", "save_"))])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = everything()

    def broken(*args, **kwargs):
        raise OSError("no room")

    for module in ("files_registry.filings.telling", "files_registry.catalogue.workflow"):
        monkeypatch.setattr(f"{module}.queue", broken)
    with pytest.raises(OSError, match="no room"):
        example.verb(cast, subject, cast.people[sorted(example.may)[0]])
    assert everything() == before


def test_a_double_click_does_a_verb_once(cast):
    for name in ("submit", "send_back", "file", "decide", "notify", "hold"):
        example = EXAMPLES[name]
        subject = example.before(cast)
        actor = cast.people[sorted(example.may)[0]]
        example.verb(cast, subject, actor)
        before = everything()
        with pytest.raises(MoveRefused):
            example.verb(cast, subject, actor)
        assert everything() == before
        Filing.objects.filter(pk=subject.pk).update(status="withdrawn")
        subject.file.status = "abandoned"
        type(subject.file).objects.filter(pk=subject.file_id).update(status="abandoned")
