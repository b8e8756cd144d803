"""How often a function records, read from its source: every path to its end, through the functions it calls."""

import ast
import importlib
import inspect
import textwrap
from functools import cache
from types import ModuleType

from nerima_privacy.activity import recording

ROOTS = ("nerima_privacy", "roles", "files_registry", "incidents", "audits", "training")
MANY = 2


@cache
def counts(function) -> frozenset[int]:
    """The numbers of entries the paths of `function` that end well can leave: 0, 1, or MANY for two and more."""
    function = inspect.unwrap(function)
    if function in (recording.record, recording.record_each):  # the latter: one of each subject
        return frozenset({1})
    if not inspect.isfunction(function) or not function.__module__.startswith(ROOTS):
        return frozenset({0})
    return _Paths(function).ends()


class _Paths:
    """Walks one function. A state is the set of numbers recorded so far on the paths that reach a statement."""

    def __init__(self, function):
        self.tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        self.names = dict(inspect.getclosurevars(function).nonlocals)
        self.names = {**function.__globals__, **self.names, **self._local_imports()}
        self.returned: set[int] = set()

    def ends(self):
        return frozenset(self.block(self.tree.body, {0}) | self.returned)

    def _local_imports(self):
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ROOTS):
                module = importlib.import_module(node.module)
                found |= {a.asname or a.name: getattr(module, a.name, None) for a in node.names}
        return found

    def block(self, statements, state):
        for statement in statements:
            state = self.statement(statement, state)
            if not state:
                break  # every path has returned or raised
        return state

    def statement(self, node, state):  # noqa: PLR0911  # one way out for each kind of statement
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            return state
        if isinstance(node, ast.Return):
            self.returned |= self.called(node, state)
            return set()
        if isinstance(node, ast.Raise):
            return set()
        if isinstance(node, ast.If):
            state = self.called(node.test, state)
            return self.block(node.body, state) | self.block(node.orelse, state)
        if isinstance(node, ast.For | ast.While):
            state = self.called(node.iter if isinstance(node, ast.For) else node.test, state)
            once = self.block(node.body, state)
            return (
                self.block(node.orelse, state | once | self.block(node.body, once))
                if node.orelse
                else (state | once | self.block(node.body, once))
            )
        if isinstance(node, ast.With):
            for item in node.items:
                state = self.called(item.context_expr, state)
            return self.block(node.body, state)
        if isinstance(node, ast.Try):
            done = self.block(node.orelse, self.block(node.body, state))
            for handler in node.handlers:
                done = done | self.block(handler.body, state)
            return self.block(node.finalbody, done)
        return self.called(node, state)

    def called(self, node, state):
        """`state` after every call inside an expression or simple statement."""
        if isinstance(node, ast.IfExp):
            state = self.called(node.test, state)
            return self.called(node.body, state) | self.called(node.orelse, state)
        if isinstance(node, ast.Lambda):
            return state
        for child in ast.iter_child_nodes(node):
            state = self.called(child, state)
        if isinstance(node, ast.Call):
            state = {min(MANY, before + more) for before in state for more in self.resolve(node.func)}
        return state

    def resolve(self, func):
        target = None
        if isinstance(func, ast.Name):
            target = self.names.get(func.id)
        elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
            owner = self.names.get(func.value.id)
            target = getattr(owner, func.attr, None) if isinstance(owner, ModuleType) else None
        if target is None or not callable(target) or inspect.isclass(target):
            return {0}
        return counts(target)


def opens_transaction(function) -> bool:
    """Whether the function is decorated with `transaction.atomic`, or does its work inside a `with` of it."""
    return "atomic" in inspect.getsource(inspect.unwrap(function)).replace("in_atomic_block", "")
