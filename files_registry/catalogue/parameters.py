"""Tells the legal parameters which cells there are, so that an administrator can name only those."""

from files_registry.catalogue.official_form import CELLS
from nerima_privacy.law.catalogue import offer

offer("filing.change_cells", {field: f"{cell.no} {cell.label}" for cell in CELLS for field in cell.fields})
