"""Every verb leaves exactly one entry: read from the source of every workflow, whatever path it takes to its end.

A verb is a public function of a `workflow.py`, or one it hands on in `__all__`, or one anywhere that is a transaction
with an actor. It names its actor, is one transaction, and records once. What is none of this stands in EXCEPTIONS,
with the reason.
"""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from django.conf import settings

from nerima_privacy.activity import registry
from tests.ast_counts import MANY, ROOTS, counts, opens_transaction

MODULES = sorted(
    str(path.relative_to(settings.BASE_DIR).with_suffix("")).replace("/", ".")
    for root in ROOTS
    for path in (settings.BASE_DIR / root).rglob("*.py")
    if path.name == "workflow.py"
    or ("actor: Person" in (source := path.read_text()) and "@transaction.atomic" in source)
)
RECORD = ("record", "record_each")
EXCEPTIONS = {
    "files_registry.register.workflow.preview_mark": "computes what a preview is compared by; writes nothing",
    "nerima_privacy.imports.workflow.check": "the dry run: writes nothing the guideline knows of",
    "nerima_privacy.imports.workflow.begin_commit": "hands the import to its worker; commit() records it",
    "nerima_privacy.law.succession.make_room": "part of a change in the administration, which records it",
    "nerima_privacy.notices.workflow.read": "reading one's own inbox is no act under the guideline",
    "nerima_privacy.notices.workflow.read_all": "the same",
}


def _acts_in_a_transaction(function):
    return "@transaction.atomic" in inspect.getsource(function) and "actor" in inspect.signature(function).parameters


def _verbs():
    found = {}
    for name in MODULES:
        module = importlib.import_module(name)
        handed_on = getattr(module, "__all__", ())
        for attribute, value in vars(module).items():
            own = inspect.isfunction(value) and (inspect.unwrap(value).__module__ == name or attribute in handed_on)
            if own and not attribute.startswith("_") and (name.endswith(".workflow") or _acts_in_a_transaction(value)):
                found[f"{name}.{attribute}"] = value
    return found


VERBS = {name: verb for name, verb in _verbs().items() if name not in EXCEPTIONS}


def test_there_are_verbs_and_no_exception_outlives_its_verb():
    assert VERBS
    assert set(EXCEPTIONS) <= set(_verbs())


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_records_exactly_once(name):
    found = counts(VERBS[name])
    assert 0 not in found, "a path to its end records nothing"
    assert MANY not in found, "a path to its end records more than once"


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_names_its_actor_by_keyword(name):
    actor = inspect.signature(VERBS[name]).parameters.get("actor")
    assert actor is not None
    assert actor.kind is inspect.Parameter.KEYWORD_ONLY
    assert actor.default is inspect.Parameter.empty


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_one_transaction(name):
    assert opens_transaction(VERBS[name])


def _sources():
    for root in ROOTS:
        for path in (settings.BASE_DIR / root).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def _strings(tree):
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_declared_verb_is_recorded_somewhere():
    spoken = set().union(*(_strings(tree) for path, tree in _sources() if path.name != "activities.py"))
    assert [verb.name for verb in registry.all_verbs() if verb.name not in spoken] == []


def _name(func):
    return getattr(func, "id", getattr(func, "attr", ""))


def test_every_recorded_verb_is_declared():
    declared = {verb.name for verb in registry.all_verbs()}
    unknown = []
    for path, tree in _sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in RECORD:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and "." in str(first.value) and first.value not in declared:
                    unknown.append((str(Path(path).name), first.value))
    assert unknown == []


def _records_nothing_on_one_path(actor, good):
    from nerima_privacy.activity.recording import record

    if good:
        record("admin.changed", actor=actor, subject=actor)
    return actor


def _records_in_a_loop(actor, subjects):
    from nerima_privacy.activity.recording import record

    for subject in subjects:
        record("admin.changed", actor=actor, subject=subject)


def _records_once_or_refuses(actor, good):
    from nerima_privacy.activity.recording import record

    if not good:
        raise ValueError
    return record("admin.changed", actor=actor, subject=actor)


@pytest.mark.parametrize(
    ("function", "expected"),
    [(_records_nothing_on_one_path, {0, 1}), (_records_in_a_loop, {0, 1, MANY}), (_records_once_or_refuses, {1})],
)
def test_the_count_sees_every_path(function, expected, monkeypatch):
    monkeypatch.setattr(function, "__module__", "roles.trial")
    assert counts(function) == expected
