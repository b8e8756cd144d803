"""The next edition before it is published: what comes, changes and goes, what is left off, what nobody judged."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from files_registry.catalogue.models import FileStatus
from files_registry.register import queries
from files_registry.register.book import cell_changes
from files_registry.register.models import Edition, EditionEntry, Ground
from files_registry.register.workflow import Tally, preview_mark

SHOWN = 50


@dataclass
class Preview:
    """Counts, and the first of each kind."""

    previous: Edition | None
    tally: Tally = field(default_factory=Tally)
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    left_off: list[dict[str, Any]] = field(default_factory=list)
    undecided: int = 0
    unjudged: list[Any] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number the edition will have."""
        return self.previous.number + 1 if self.previous else 1

    @property
    def mark(self) -> str:
        """What this preview showed."""
        return preview_mark(self.number, self.tally.added, self.tally.changed, self.tally.removed)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to publish."""
        return not (self.tally.added or self.tally.changed or self.tally.removed)

    @property
    def earliest(self) -> date | None:
        """The first day the edition can be of."""
        return max(
            (day for day in (self.tally.latest_change, self.previous and self.previous.as_of) if day), default=None
        )


def preview() -> Preview:
    """Reads every file once, as publishing will; a fixed number of queries."""
    shown = Preview(queries.latest_edition())
    changed: list[queries.Line] = []
    for line in queries.next_lines(shown.previous):
        shown.tally.count(line)
        if line.change == "added" and len(shown.added) < SHOWN:
            shown.added.append({"file": line.file, "printed": line.printed})
        elif line.change == "changed" and len(changed) < SHOWN:
            changed.append(line)
    for source in queries.unsettled_since(shown.previous):
        if source.file.status == FileStatus.HELD and source.off_since is None:
            shown.unjudged.append(source)
            continue
        shown.tally.removed += 1
        shown.tally.since(source.file.ceased_on)
        if len(shown.removed) < SHOWN:
            shown.removed.append(source)
    shown.changed = _changes(shown.previous, changed)
    labels = dict(Ground.choices)
    states = queries.with_decision().exclude(listed=True).values("listed", "ground").annotate(count=Count("pk"))
    for row in states.order_by("ground"):
        if row["listed"] is None:
            shown.undecided += row["count"]
        else:
            shown.left_off.append({**row, "label": labels[row["ground"]]})
    return shown


def _changes(previous: Edition | None, lines: list[queries.Line]) -> list[dict[str, Any]]:
    before = {
        entry.key: entry
        for entry in EditionEntry.objects.filter(edition=previous, key__in=[line.key for line in lines])
    }
    return [
        {
            "file": line.file,
            "printed": line.printed,
            "rows": cell_changes(before[line.key], line.printed, "変わります") if line.key in before else [],
        }
        for line in lines
    ]
