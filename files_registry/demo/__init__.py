"""The files of the demonstration ward, at every step of their life."""

from files_registry.demo.load import load_files

__all__ = ["load_files"]
