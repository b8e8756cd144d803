"""`python -m tests.bench --scale 10`: build once, and measure; with `--keep` only measure. See docs/speed.md."""

import argparse
import os
import sys
from pathlib import Path

import django


def database_url(scale: float) -> str:
    """A database of its own for each scale: SQLite under var/, or `nerima_bench_<scale>` beside the one named."""
    name = f"nerima_bench_{scale:g}".replace(".", "_")
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return f"{given.rsplit('/', 1)[0]}/{name}"
    return f"sqlite:///{Path('var').resolve() / name}.sqlite3"


def create_database(url: str) -> None:
    """PostgreSQL: create the database when it is not there."""
    if not url.startswith("postgres"):
        return
    import psycopg

    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{name}"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("--keep", action="store_true", help="measure the database as it is: build and migrate nothing")
    parser.add_argument("--only", default="", help="measure only the pages with these words in their title, no tables")
    parser.add_argument("--export", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["DATABASE_URL"] = url = os.environ.get("BENCH_URL") or database_url(options.scale)
    os.environ["BENCH_URL"] = url
    if not options.keep:
        create_database(url)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings")
    django.setup()
    from tests.bench import exports, measure

    if options.export:
        exports.export(options.export)
    else:
        measure.run(options.scale, options.repeat, keep=options.keep, only=options.only)


if __name__ == "__main__":
    sys.exit(main())
