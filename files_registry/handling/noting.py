"""What was done by a request stands in the file's ledger by itself, with the way back to the request (第15条)."""

from files_registry.handling.acts import Act
from files_registry.handling.models import HandlingRequest, ReturnKind
from files_registry.ledgers.models import EntryKind, Medium
from files_registry.ledgers.writing import note
from roles.models import Appointment, Person

KINDS = {
    Act.COPY: EntryKind.COPIED,
    Act.SEND: EntryKind.MOVED,
    Act.SEND_OUT: EntryKind.MOVED,
    Act.TAKE_OUT: EntryKind.MOVED,
    Act.OTHER: EntryKind.USED,
}
MEDIA = {
    "paper": Medium.PAPER,
    "usb": Medium.USB,
    "drive": Medium.USB,
    "disc": Medium.DISC,
    "laptop": Medium.DEVICE,
    "phone": Medium.DEVICE,
    "server": Medium.SERVER,
    "": "",
}
ENDS = {ReturnKind.RETURNED: EntryKind.RETURNED, ReturnKind.ERASED: EntryKind.ERASED}


def note_done(request: HandlingRequest, *, actor: Person, post: Appointment | None) -> None:
    """The act was done. Within the verb's transaction; the verb has asked the right and records."""
    note(
        request.file,
        kind=KINDS[Act(request.act)],
        actor=actor,
        source=request,
        on=request.done_on,
        done_by=request.applicant.name,
        post=post,
        persons=request.persons,
        medium=MEDIA.get(request.medium, Medium.OTHER),
        purpose=request.reason,
        scope="、".join(request.items.splitlines()),
        place=request.place,
        counterpart=request.recipient,
        method=request.act_text or request.get_act_display(),
    )


def note_returned(request: HandlingRequest, *, actor: Person, post: Appointment | None) -> None:
    """What was copied or taken out is back, or erased."""
    note(
        request.file,
        kind=ENDS[ReturnKind(request.return_kind)],
        actor=actor,
        source=request,
        on=request.returned_on,
        done_by=request.applicant.name,
        post=post,
        persons=request.persons,
        medium=MEDIA.get(request.medium, Medium.OTHER),
        scope="、".join(request.items.splitlines()),
        method=request.return_evidence,
    )
