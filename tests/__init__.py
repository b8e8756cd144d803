"""The suite mirrors the apps; cast.py holds the people who appear in it."""
