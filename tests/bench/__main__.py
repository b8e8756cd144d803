"""`python -m tests.bench --scale 10`: build (once) and measure. See README, Speed."""

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
    parser.add_argument("--export", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["DATABASE_URL"] = url = os.environ.get("BENCH_URL") or database_url(options.scale)
    os.environ["BENCH_URL"] = url
    create_database(url)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings")
    django.setup()
    from tests.bench import measure

    if options.export:
        measure.export(options.export)
    else:
        measure.run(options.scale, options.repeat)


if __name__ == "__main__":
    sys.exit(main())
