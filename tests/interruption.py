"""A process killed between any two statements of a verb that write: the whole verb stands, or none of it.

`assert_all_or_nothing(verb)` is for tests with `django_db(transaction=True)`, where nothing surrounds the verb.
"""

import inspect
import os
import signal
import sys
import traceback
import types
from collections.abc import Callable

from django.db import connection, connections

BROKEN = 100
# Between two statements that only read, the database is the same: dying at the next one that writes shows both.
READS = ("SELECT", "PRAGMA")
# What logging in leaves, which no verb writes; with it goes the column last_login.
SESSIONS = {"django_session", "axes_accesslog", "axes_accessattempt"}


def assert_all_or_nothing(verb: Callable[[], object]) -> int:
    """Kill a child process that runs `verb` before its 1st, 2nd, … statement that writes and before its commit.

    Each time every row of every table must be as before. Then the verb runs to its end, which must change something
    and must have been one transaction: what hooks do after the commit is theirs, and not counted. The children share
    the database, nothing else: look the rows up again afterwards. Returns at how many points it was killed.
    """
    before = every_row()
    at = 0
    while True:
        at += 1
        status = _in_a_child(verb, at)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            changed = [table for table, rows in every_row().items() if rows != before[table]]
            assert not changed, f"killed before statement {at}, the verb had already changed {changed}"
            continue
        code = os.WEXITSTATUS(status)
        assert code != BROKEN, "the verb itself failed; its traceback is on stderr"
        assert code == 1, f"the verb commits {code} times: between two commits it is half done"
        assert every_row() != before, "the verb changed nothing"
        assert at > 1, "the verb wrote nothing that could be interrupted"
        return at - 1


def every_row() -> dict[str, list[str]]:
    """Table -> its rows as text, sorted; what logging in leaves is left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - SESSIONS:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = [n for n, column in enumerate(cursor.description) if column[0] != "last_login"]
            found[table] = sorted(repr([row[n] for n in kept]) for row in cursor.fetchall())
    return found


def _in_a_child(verb: Callable[[], object], at: int) -> int:
    """The wait status of a child in which `verb` runs on a connection of its own and dies before statement `at`."""
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            code = _run(verb, at)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def _run(verb: Callable[[], object], at: int) -> int:
    """Run `verb`; the number of commits it made itself."""
    state = {"statements": 0, "commits": 0, "hooks": 0}

    def step() -> None:
        if state["commits"] == 0 and not state["hooks"]:
            state["statements"] += 1
            if state["statements"] == at:
                os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS):
            step()
        if not connection.in_atomic_block and not sql.lstrip().upper().startswith(("BEGIN", *READS)):
            state["commits"] += not state["hooks"]  # outside a transaction each statement is a commit of its own
        return execute(sql, params, many, context)

    commit, hooks = connection._commit, connection.run_and_clear_commit_hooks

    def counted_commit():
        step()
        state["commits"] += not state["hooks"]
        return commit()

    def counted_hooks():
        state["hooks"] += 1  # they nest: a hook has transactions and hooks of its own
        try:
            return hooks()
        finally:
            state["hooks"] -= 1

    connection.ensure_connection()
    connection._commit, connection.run_and_clear_commit_hooks = counted_commit, counted_hooks
    with connection.execute_wrapper(before_statement):
        verb()
    return state["commits"]


def verbs_called_by(function: Callable[..., object]) -> set[Callable[..., object]]:
    """The functions of the project that `function` names, looked for through the helpers of the suite it uses."""
    found: set[Callable[..., object]] = set()
    asked, todo = set(), [function]
    while todo:
        helper = inspect.unwrap(todo.pop())
        if helper in asked:
            continue
        asked.add(helper)
        names = _names(helper.__code__)
        known = {**helper.__globals__, **inspect.getclosurevars(helper).nonlocals}
        named = [known[name] for name in names if name in known]
        named += [getattr(m, name) for m in named if inspect.ismodule(m) for name in names if hasattr(m, name)]
        for value in filter(inspect.isfunction, named):
            if value.__module__.startswith("tests."):
                todo.append(value)
            else:
                found.add(inspect.unwrap(value))
    return found


def _names(code: types.CodeType) -> set[str]:
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return {*code.co_names, *code.co_freevars}.union(*map(_names, inner))
