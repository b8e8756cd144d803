"""The site under test, and people at their browsers."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """Everything here is of the browser suite."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a demonstration site of the ward as `make demo-reset` leaves it; SITE names one that runs."""
    if os.environ.get("SITE"):
        yield os.environ["SITE"]
        return
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    env = {
        **os.environ,
        "MODE": "demo",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "REDIS_URL": "",
        "ACTIVITY_ANCHOR": str(folder / "anchor.jsonl"),
        "MEDIA_ROOT": str(folder / "media"),
    }
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    server = [sys.executable, "-m", "gunicorn", "nerima_privacy.wsgi", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen([*server, "--threads", "8", "--log-level", "error"], cwd=ROOT, env=env) as process:
        address = f"http://127.0.0.1:{port}"
        wait_for(address + "/healthz")
        yield address
        process.terminate()


def wait_for(address):
    """Until the site serves, half a minute at most."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; CHROMIUM names another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=QUIET
        )
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser of their own. Notes script errors and requests that leave the site."""

    def __init__(self, chromium, site, width=1360):
        self.site = site
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.heard = []
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("console", self.listen)
        self.page.on("request", self.note)
        self.page.on("response", self.check)

    def note(self, request):
        if request.url.startswith("http") and not request.url.startswith(self.site):
            self.heard.append(f"foreign: {request.url}")

    def listen(self, said):
        """What a page itself answers is its own affair; the parts it loads are `check`ed."""
        lists = "/admin/" in self.page.url and "inline style" in said.text  # Django's own select2; the policy stops it
        if said.type == "error" and not said.text.startswith("Failed to load resource") and not lists:
            self.heard.append(f"console: {said.text}")

    def check(self, answer):
        if answer.status >= 500 or (answer.status >= 400 and answer.request.resource_type != "document"):
            self.heard.append(f"answered {answer.status}: {answer.url}")

    def go(self, path):
        """Open a page of the site."""
        answer = self.page.goto(self.site + path)
        assert answer.status < 500, f"{path} answered {answer.status}"
        return self

    def log_in(self, username):
        """With one click, as the demonstration allows."""
        self.go("/login/")
        self.page.locator(f"button[value='{username}']").click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def press(self, label):
        """A button or a link, by what it says."""
        button = self.page.get_by_role("button", name=label, exact=True)
        with self.page.expect_navigation():
            button.or_(self.page.get_by_role("link", name=label, exact=True)).first.click()
        return self

    def sees(self, text):
        assert text in self.page.inner_text("main"), f"「{text}」 is not on {self.page.url}"
        return self

    def axe(self):
        """What axe finds serious or critical on this page."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        grave = [v for v in found if v["impact"] in {"serious", "critical"}]
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in grave]


@pytest.fixture(scope="session")
def logged_in():
    """The cookies of those who have logged in: one login each is enough."""
    return {}


@pytest.fixture
def visit(chromium, site, logged_in):
    """`visit("zeimu-kacho")` is that person at a browser, on the desk; `visit(None)` a visitor."""
    opened = []

    def open_for(username, width=1360):
        visitor = Visitor(chromium, site, width)
        opened.append(visitor)
        if username in logged_in:
            visitor.context.add_cookies(logged_in[username])
            return visitor.go("/")
        if username:
            visitor.log_in(username)
            logged_in[username] = visitor.context.cookies()
        return visitor

    yield open_for
    for visitor in opened:
        visitor.context.close()
        assert not visitor.heard, json.dumps(visitor.heard, ensure_ascii=False)
