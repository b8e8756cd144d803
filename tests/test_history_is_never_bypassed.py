"""No code of the product changes a tracked record in a way that leaves no history.

`queryset.update()`, `bulk_create()`, `bulk_update()` and `queryset.delete()` send no signals. On a tracked model they
go through nerima_privacy.activity.history; ALLOWED names the few that do not, with the reason.
"""

import ast
import importlib
import inspect

import pytest
from django.conf import settings
from django.db import models

from roles.models import Unit
from tests.ast_counts import ROOTS

ALWAYS = {"bulk_create", "bulk_update", "_raw_delete", "save_without_historical_record", "update_change_reason"}
QUERYSET = {"update", "delete", "aupdate", "adelete"}
ALLOWED = {
    "files_registry/access/opening.py::Grant.objects.filter(pk__in=keys).update": "a use, which the history leaves out",
    "nerima_privacy/law/seeds.py::row.skip_history_when_saving": "writes the history row itself, in a migration too",
    "roles/models.py::self.skip_history_when_saving": "a login, which the history does not hold",
    "roles/seating.py::row.delete": "one instance, whose deletion leaves its row in the history",
}
SKIP = "skip_history_when_saving"
HELPERS = {"nerima_privacy/activity/history.py", "nerima_privacy/activity/append_only.py"}


def _modules():
    for root in ROOTS:
        for path in sorted((settings.BASE_DIR / root).rglob("*.py")):
            relative = path.relative_to(settings.BASE_DIR)
            if "migrations" not in relative.parts and str(relative) not in HELPERS:
                yield str(relative), path.read_text()


def _tracked(value):
    return (
        inspect.isclass(value)
        and issubclass(value, models.Model)
        and hasattr(value._meta, "simple_history_manager_attribute")
    )


def _root(node):
    """The name a chain of attributes and calls begins with: `Unit` of `Unit.objects.filter(…).update`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _looks_like_a_queryset(call):
    """`mapping.update(other)` has an argument by position, `rows.update(name=…)` none; `rows.delete()` has none."""
    return not call.args and (bool(call.keywords) if "update" in call.func.attr else not call.keywords)


def bypasses(path, source, names):
    """Statements of a module that could change tracked rows without history.

    A receiver that begins with a model is judged by that model. Any other is suspect where the module knows a tracked
    model at all; saves and deletes of one instance (`obj.delete()`) are not told apart from those of many.
    """
    knows_tracked = any(_tracked(value) for value in names.values())
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == SKIP and isinstance(node.ctx, ast.Store):
            statement = f"{path}::{ast.unparse(node)}"
            if statement not in ALLOWED:
                yield f"{statement} (line {node.lineno})"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        kind = node.func.attr
        if kind not in ALWAYS and not (kind in QUERYSET and _looks_like_a_queryset(node)):
            continue
        owner = names.get(_root(node.func.value))
        known = inspect.isclass(owner) and issubclass(owner, models.Model)
        statement = f"{path}::{ast.unparse(node.func)}"
        if (_tracked(owner) if known else knows_tracked) and statement not in ALLOWED:
            yield f"{statement} (line {node.lineno})"


def _names(path):
    return vars(importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")))


def test_no_tracked_model_is_changed_without_history():
    suspects = [module for module in _modules() if any(f".{word}" in module[1] for word in {*ALWAYS, *QUERYSET, SKIP})]
    assert suspects
    assert [found for path, source in suspects for found in bypasses(path, source, _names(path))] == []


def test_no_allowance_outlives_its_statement():
    statements = {
        f"{path}::{ast.unparse(node)}"
        for path, source in _modules()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
    }
    assert set(ALLOWED) <= statements


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Unit.objects.filter(pk=1).update(name='x')", True),
        ("Unit.objects.bulk_create([])", True),
        ("rows.update(name='x')", True),
        ("rows.filter(pk=1).delete()", True),
        ("unit.save_without_historical_record()", True),
        ("unit.skip_history_when_saving = True", True),
        ("values.update({'name': 'x'})", False),
        ("unit.save()", False),
    ],
)
def test_the_search_sees_what_leaves_no_history(source, found):
    assert bool(list(bypasses("trial.py", source, {"Unit": Unit}))) is found
