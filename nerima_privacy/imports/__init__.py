"""From an uploaded table to a full dry run, every error with its cell, and then one all-or-nothing commit."""
