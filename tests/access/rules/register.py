"""The public book and its editions (個人情報保護法第75条)."""

from tests.access.rules.building import PUBLIC, WARD_READERS, Rule, file, overseers


def edition(world, side):
    return [1]


def entry(world, side):
    return ["1"]


def edition_entry(world, side):
    return [1, "1"]


RULES: dict[str, Rule] = {
    "editions:list": Rule(),
    "editions:detail": Rule(arguments=edition),
    "editions:preview": Rule(WARD_READERS, methods=("get", "post")),
    "editions:undecided": Rule(WARD_READERS),
    "editions:left-off": Rule(WARD_READERS),
    "editions:left-off-excel": Rule(WARD_READERS),
    "editions:decide": file(overseers),
    "register:list": Rule(PUBLIC),
    "register:entry": Rule(PUBLIC, arguments=entry),
    "register:pdf": Rule(PUBLIC, arguments=entry),
    "register:excel": Rule(PUBLIC, arguments=entry),
    "register:csv": Rule(PUBLIC),
    "register:json": Rule(PUBLIC),
    "register:about-data": Rule(PUBLIC),
    "register:editions": Rule(PUBLIC),
    "register:edition": Rule(PUBLIC, arguments=edition),
    "register:changes": Rule(PUBLIC, arguments=edition),
    "register:edition-entry": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-pdf": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-excel": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-csv": Rule(PUBLIC, arguments=edition),
    "register:edition-json": Rule(PUBLIC, arguments=edition),
    "register:missing": Rule(PUBLIC, arguments=lambda world, side: ["nothing/here"], refused=404),
}
