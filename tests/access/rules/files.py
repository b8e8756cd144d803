"""Files and their notifications (第10条)."""

from tests.access.rules.building import WRITERS, Rule, file, overseers, readers, seat, writers

DISCLOSURE = {"disclosure_manager", "disclosure_staff"}


def knowing(state):
    """Who knows of a notification in `state`."""

    def names(world, side):
        if state == "draft":
            return set(side.writers)
        if state == "submitted":
            schools_superior = {"chief"} if side.unit.is_school else set()
            return side.writers | side.above | schools_superior
        return readers(side)

    return names


def filing(may, state="filed", methods=("post",), **extra):
    """A page or verb of one notification in a state."""
    return Rule(
        may=may,
        knows=knowing(state),
        arguments=lambda world, side: [side.filings[state].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def all_readers(world, side):
    return readers(side)


def disclosure(world, side):
    return set(DISCLOSURE)


def disclosure_manager(world, side):
    return {"disclosure_manager"}


def nobody(world, side):
    """Staff without a seat see one version, the one in force: to them there is nothing to compare."""
    return set()


def overseeing(world, side):
    """Who knows of a file that has ceased: its staff see only what is held."""
    return readers(side)


RULES: dict[str, Rule] = {
    # files
    "files:list": Rule(),
    "files:export.xlsx": Rule(),
    "files:export.csv": Rule(),
    "files:detail": file(all_readers),
    "files:version": file(all_readers, more=(1,)),
    "files:compare": file(overseers, "changed", knows=nobody),
    "files:history": file(overseers),
    "files:disposal": file(writers, "ceased", knows=overseeing, methods=("get", "post")),
    # notifications
    "filings:list": Rule(),
    "filings:new": Rule(WRITERS, methods=("get", "post")),
    "filings:change": file(writers, methods=("post",)),
    "filings:cease": file(writers, methods=("post",)),
    "filings:take-in": file(writers, methods=("post",)),
    "filings:detail": filing(all_readers, methods=("get",)),
    "filings:edit": filing(writers, "draft", methods=("get", "post")),
    "filings:notification.pdf": filing(overseers, methods=("get",)),
    "filings:result.pdf": filing(overseers, "notified", methods=("get",)),
    "filings:cease.pdf": filing(overseers, "ceasing", methods=("get",)),
    "filings:submit": filing(writers, "draft"),
    "filings:file": filing(seat, "submitted"),
    "filings:send-back": filing(seat, "submitted"),
    "filings:request-correction": filing(disclosure),
    "filings:withdraw": filing(seat),
    "filings:draft-again": filing(writers, "notified"),
    "filings:consider": filing(disclosure_manager),
    "filings:outcome": filing(disclosure, "proposed"),
    "filings:notify": filing(disclosure_manager, "decided"),
    "filings:receive": filing(disclosure, "ceasing"),
    "filings:hold": filing(writers, "notified"),
    "filings:apply": filing(writers, "change"),
    "filings:apply-without-notice": filing(seat, "change"),
}
