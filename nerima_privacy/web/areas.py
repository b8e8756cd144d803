"""How an app hands the registries what it has: by importing the modules of that name, where they are there."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec


def load(packages: Iterable[str], registries: Iterable[str]) -> None:
    """Import `package.registry` for each package in turn; a package need not have each of them."""
    for package in packages:
        for registry in registries:
            if find_spec(f"{package}.{registry}"):
                import_module(f"{package}.{registry}")
