"""Rendering of official forms (PDF by typst) and of tables (Excel, CSV); areas declare columns and templates."""
