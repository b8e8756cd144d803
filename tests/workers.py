"""Several pytest processes side by side (`-n`): each has a Redis database of its own, as it has another database.

Named with `-p tests.workers`, for it must come before the settings are read. Processes count up from the database that
REDIS_URL names; a Redis as it is delivered has sixteen.
"""

import os
from urllib.parse import urlsplit, urlunsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER and os.environ.get("REDIS_URL"):
    address = urlsplit(os.environ["REDIS_URL"])
    number = int(address.path.strip("/") or 0) + int(WORKER.removeprefix("gw"))
    os.environ["REDIS_URL"] = urlunsplit(address._replace(path=f"/{number}"))
