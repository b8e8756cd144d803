"""Migrations, named by hand and reversible."""
