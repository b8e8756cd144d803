"""Activity and notices of some years."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from files_registry.filings.models import Filing
from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from roles.models import Person
from tests.bench.copying import CHUNK, STENCIL, copy, in_chunks


def build_traces(count, chance):
    """Activity and notices of some years, so that a timeline and an inbox are found among many."""
    people = list(Person.objects.filter(staff_number__startswith="B1").order_by("pk")[:400])
    kind = ContentType.objects.get_for_model(Filing)
    subjects = list(Filing.objects.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    base = min(STENCIL, count)
    entries = [an_act(chance.choice(people), kind, chance.choice(subjects)) for _ in range(base)]
    in_chunks(Entry, entries)
    in_chunks(Notice, (a_notice(n, chance.choice(people), kind, chance.choice(subjects)) for n in range(base)))
    spread = f"1 + (t.subject_id + k.n * {base}) % {Filing.objects.count()}"
    copy(Entry, base, count // base, {"subject_id": spread})
    copy(Notice, base, count // base, {"key": "'bench:' || {id}", "subject_id": spread})


def an_act(person, kind, subject):
    return Entry(
        actor=person,
        actor_name="測定",
        verb="filing.filed",
        subject_type=kind,
        subject_id=subject,
        subject_label="測定の届出",
    )


def a_notice(n, person, kind, subject):
    return Notice(
        to=person,
        kind="filing.filed",
        key=f"bench:{n}",
        title="届出がありました",
        url="/",
        subject_type=kind,
        subject_id=subject,
        mailed_at=timezone.now(),
        read_at=None if n % 20 == 0 else timezone.now(),
    )
