"""Rights by the million, written inside the database: thousands over some files, hundreds with some people, few with
most; in every state, some by a group of posts, and openings of the files by those who have them."""

from django.contrib.auth.models import Group, Permission
from django.db import connection

from files_registry.access.models import FIELDS, FileGroupRight, FileUserRight, Grant, GroupKind, Opening, PostGroup
from files_registry.catalogue.models import PersonalInformationFile
from roles.models import Person, Posting, Unit
from tests.bench.copying import counted, days_ago, spread

COLUMNS = (
    "file_id, person_id, group_id, unit_id, may_open, may_enter, may_erase, may_output, purpose, begins_at, ends_at, "
    "status, status_since, origin, asked_by_id, asked_at, decided_by_id, decided_post, decided_at, decision_note, "
    "ended_at, end_reason, kept_at"
)
# From which grant of a person to which, and whose: three to nineteen each, a hundred, four hundred.
SHARES = [(1, 19, "w.id % 17 + 3 >= k.n OR w.id % 50 = 7"), (20, 100, "w.id % 50 = 7"), (101, 400, "w.id % 500 = 7")]
EACH_GROUP = 8
# Of two hundred grants: how many are in which state.
STATES = [
    (174, "granted"), (184, "ended"), (189, "revoked"), (193, "narrowed"), (196, "refused"), (198, "withdrawn"),
    (199, "suspended"), (200, "requested"),
]  # fmt: skip
OVER = "'ended', 'revoked', 'narrowed', 'suspended'"
MOVING = "'suspended', 'requested'"  # what waits is the newest


def build_rights():
    """Write grants, guardian's rows and openings, without history: about 200,000 grants in a ward of scale 1."""
    build_groups()
    decider = Person.objects.order_by("pk").values_list("pk", flat=True).first()
    people = f"SELECT id, person_id, CAST(NULL AS bigint) AS group_id, unit_id FROM {Posting._meta.db_table}"
    groups = f"SELECT id, CAST(NULL AS bigint) AS person_id, id AS group_id, unit_id FROM {PostGroup._meta.db_table}"
    with connection.cursor() as cursor:
        for which in (f"NOT IN ({MOVING})", f"IN ({MOVING})"):
            for low, high, whose in SHARES:
                others = f"w.person_id <> {decider} AND ({whose})"
                cursor.execute(grants(people, low, high, others, decider) + f" WHERE s.status {which}")
            cursor.execute(grants(groups, 1, EACH_GROUP, "1=1", decider) + f" WHERE s.status {which}")
        for right, field in FIELDS.items():
            permission = Permission.objects.get(codename=right.value, content_type__app_label="files_registry")
            cursor.execute(own_rights(permission.pk, field))
            cursor.execute(shared_rights(permission.pk, field))
        for n, among in ((1, 2), (2, 20), (3, 20), (4, 20)):
            cursor.execute(openings(n, among))
        cursor.execute(uses())


def build_groups():
    """The staff of each unit as one to whom rights are given."""
    unit, group, post = Unit._meta.db_table, Group._meta.db_table, PostGroup._meta.db_table
    kind = GroupKind.STAFF.value
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {group} (name) SELECT code || ':{kind}' FROM {unit}")
        cursor.execute(
            f"INSERT INTO {post} (unit_id, kind, group_id) "
            f"SELECT u.id, '{kind}', g.id FROM {unit} u JOIN {group} g ON g.name = u.code || ':{kind}'"
        )


def grants(whose, low, high, where, decider):
    """Insert grants number `low` to `high` of each of `whose` (id, person_id, group_id, unit_id)."""
    files = PersonalInformationFile.objects.order_by("pk")
    file = spread("w.id * 7919 + k.n * 104729", files.values_list("pk", flat=True).first(), files.count())
    draw = "(w.id * 31 + k.n * 17)"
    state = " ".join(f"WHEN {draw} % 200 < {below} THEN '{name}'" for below, name in STATES)
    begun, ended, left = (
        f"CASE WHEN {draw} % 200 = 199 THEN {draw} % 13 ELSE {draw} % 300 + 120 END",
        f"{draw} % 110",
        f"-({draw} % 360 + 1)",
    )
    undecided = "s.status IN ('requested', 'withdrawn')"
    inner = (
        f"SELECT {file} AS file_id, w.person_id, w.group_id, w.unit_id, CASE {state} END AS status, {draw} AS draw, "
        f"{days_ago(begun)} AS begun, {days_ago(ended)} AS ended, {days_ago(left)} AS ahead "
        f"FROM ({whose}) w CROSS JOIN k WHERE {where}"
    )
    return (
        f"INSERT INTO {Grant._meta.db_table} ({COLUMNS}) {counted(low, high)} "
        "SELECT s.file_id, s.person_id, s.group_id, s.unit_id, s.draw = s.draw, s.draw % 3 = 0, s.draw % 30 = 0, "
        "s.draw % 10 = 0, '窓口での申請の受付と、その内容の確認のため', s.begun, "
        "CASE WHEN s.status = 'ended' THEN s.ended ELSE s.ahead END, s.status, "
        "CASE WHEN s.status = 'suspended' THEN s.ended ELSE s.begun END, "
        "CASE WHEN s.group_id IS NULL THEN 'request' ELSE 'proposal' END, "
        f"COALESCE(s.person_id, {decider}), s.begun, "
        f"CASE WHEN {undecided} THEN NULL ELSE {decider} END, CASE WHEN {undecided} THEN '' ELSE '保護責任者' END, "
        f"CASE WHEN {undecided} THEN NULL ELSE s.begun END, '', "
        f"CASE WHEN s.status IN ({OVER}) THEN s.ended END, "
        f"CASE WHEN s.status IN ({OVER}) THEN '測定のため' ELSE '' END, "
        f"CASE WHEN s.status = 'granted' AND s.file_id % 10 <> 3 THEN {days_ago('1')} END FROM ({inner}) s"
    )


def own_rights(permission, field):
    """Insert guardian's rows of the grants of people that give one right."""
    return (
        f"INSERT INTO {FileUserRight._meta.db_table} "
        "(user_id, permission_id, content_object_id, grant_id, unit_id, begins_at, ends_at) "
        f"SELECT person_id, {permission}, file_id, id, unit_id, begins_at, ends_at FROM {Grant._meta.db_table} "
        f"WHERE status = 'granted' AND person_id IS NOT NULL AND {field}"
    )


def shared_rights(permission, field):
    """The same for groups."""
    return (
        f"INSERT INTO {FileGroupRight._meta.db_table} "
        "(group_id, permission_id, content_object_id, grant_id, unit_id, begins_at, ends_at) "
        f"SELECT p.group_id, {permission}, g.file_id, g.id, g.unit_id, g.begins_at, g.ends_at "
        f"FROM {Grant._meta.db_table} g JOIN {PostGroup._meta.db_table} p ON p.id = g.group_id "
        f"WHERE g.status = 'granted' AND {field}"
    )


def openings(n, among):
    """Insert the `n`th opening by one in `among` of those who have a right."""
    when = f"(id * 13 + {n} * 71) % 300"
    return (
        f"INSERT INTO {Opening._meta.db_table} (file_id, person_id, at, ground, purpose, refused) "
        f"SELECT file_id, person_id, {days_ago(when)}, '許可' || id, '', id <> id "
        f"FROM {Grant._meta.db_table} WHERE status = 'granted' AND person_id IS NOT NULL AND id % {among} = 0"
    )


def uses():
    """Write at each right when it was last used, as an opening does."""
    return (
        f"UPDATE {Grant._meta.db_table} SET used_at = o.last FROM (SELECT file_id, person_id, MAX(at) AS last "
        f"FROM {Opening._meta.db_table} GROUP BY file_id, person_id) o "
        f"WHERE o.file_id = {Grant._meta.db_table}.file_id AND o.person_id = {Grant._meta.db_table}.person_id"
    )
