"""Every verb on ledgers once: how to come to it, how to do it, and who may by seat."""

from collections.abc import Collection
from dataclasses import dataclass

from files_registry.ledgers import workflow
from nerima_privacy.calendars.periods import today
from tests import every_verb
from tests.files_registry import ledger_steps as steps

WRITERS = {"manager", "officer", "second_officer"}


@dataclass(frozen=True)
class Example(every_verb.Example):
    """By a seat of the unit; who may by a grant besides is asked in test_every_verb.py."""

    may: Collection[str] = frozenset(WRITERS)


def row(actor, **data):
    return {"kind": "copied", "on": today(), "done_by": actor.name, **steps.COPY, **data}


EXAMPLES: dict[str, Example] = {
    "write_entry": Example(
        steps.held,
        lambda cast, file, actor: workflow.write_entry(
            file.pk, kind="copied", on=today(), done_by=actor.name, data=steps.COPY, actor=actor
        ),
        quiet=True,
    ),
    "write_entries": Example(
        steps.held,
        lambda cast, file, actor: workflow.write_entries(file.pk, rows=[row(actor), row(actor)], actor=actor),
        quiet=True,
    ),
    "correct_entry": Example(
        steps.wrote,
        lambda cast, entry, actor: workflow.correct_entry(
            entry.pk,
            kind="copied",
            on=today(),
            done_by=actor.name,
            data=steps.COPY | {"persons": 12},
            reason="写しまちがい",
            actor=actor,
        ),
    ),
    "verify": Example(
        steps.held,
        lambda cast, file, actor: workflow.verify(
            file.pk, data={"on": today(), **steps.VERIFIED, "errors": 1, "remedy": "直した"}, actor=actor
        ),
    ),
    "correct_verification": Example(
        steps.verified,
        lambda cast, done, actor: workflow.correct_verification(
            done.pk, data={"on": today(), **steps.VERIFIED, "total": 2100}, reason="写しまちがい", actor=actor
        ),
    ),
    "register_medium": Example(
        steps.held,
        lambda cast, file, actor: workflow.register_medium(file.pk, data=steps.medium_data(cast), actor=actor),
    ),
    "move_medium": Example(
        steps.registered,
        lambda cast, medium, actor: workflow.move_medium(
            medium.pk,
            data={"place": "別館", "lock": "room", "responsible": cast.officer, "remarks": ""},
            on=today(),
            actor=actor,
        ),
    ),
    "complete_medium": Example(
        steps.registered,
        lambda cast, medium, actor: workflow.complete_medium(
            medium.pk, completed_on=today(), retention="5", actor=actor
        ),
        quiet=True,
    ),
    "dispose_medium": Example(
        steps.registered,
        lambda cast, medium, actor: workflow.dispose_medium(
            medium.pk, on=today(), way="shred", data=steps.DISPOSAL, actor=actor
        ),
    ),
    "hand_over_media": Example(
        lambda cast: steps.shelf(cast, 3),
        lambda cast, media, actor: workflow.hand_over_media(
            cast.tax.pk,
            media=steps.seen(media),
            data={"responsible": cast.officer, "place": "別館"},
            on=today(),
            reason="人事異動",
            actor=actor,
        ),
    ),
    "dispose_media": Example(
        lambda cast: steps.shelf(cast, 3),
        lambda cast, media, actor: workflow.dispose_media(
            cast.tax.pk, media=steps.seen(media), on=today(), way="shred", data=steps.DISPOSAL, counted=3, actor=actor
        ),
    ),
    "output_ledger": Example(
        steps.held,
        lambda cast, file, actor: workflow.output_ledger(file.pk, form="csv", wanted={}, actor=actor),
        quiet=True,
    ),
    "output_unit": Example(
        steps.held,
        lambda cast, file, actor: workflow.output_unit(
            file.unit_id, form="csv", wanted={}, purpose="年度の点検", actor=actor
        ),
        quiet=True,
    ),
}
