"""The threat model of one person on one machine: each row, and the tests that attack it.

* **Forgery from any site or another local port**: test_guard (*a write from another site or another port is
  refused*), here (*a neighbour on another port*).
* **Cookies are shared by all ports**: test_guard (*a cookie of another run*), here (*a stolen cookie*).
* **DNS rebinding**: test_guard (*a name that is not this machine's*), here (*a name that was bound to it*).
* **Other users of the machine**: test_guard (*a launch link works once*, *grows old*), here (*what it writes is its
  owner's alone*, *another user*, *the list of processes*).
* **Scripts in notes or in a rulebook**: test_guard (*what a person wrote is text*), test_threats_words (*markup*,
  *nothing of it runs*).
* **An unlocked laptop**: test_door, test_seen (*after locking the way back*, *Escape twice*, *locked elsewhere*), here
  (*the wall clock*).
* **A browser's cache, history, autofill, storage, service worker**: test_threats_words (*nothing is stored*, *no word
  is in an address*, *no field is filled*, *a profile on disk*).
* **Copies in the clear**: test_settings (*words leave only with the passphrase*), test_threats_traces (*a sealed*).
* **Logs and crash reports**: test_threats_traces (*no word is in what it says*).
* **Core dumps, memory**: here (*it leaves no core*).
* **Supply chain**: requirements/*.txt have hashes; test_threats_traces (*what others wrote is as it was published*).
* **Something phones home**: test_threats_traces (*nothing leaves this machine*), and every test in a browser.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.running import place_of
from poise.web.serving import Serving, serving

from .conftest import PASSPHRASE
from .running import running
from .site import Visitor
from .test_door import Wall
from .test_seen import unlock

# Other sites, other ports, other names


class Neighbour(BaseHTTPRequestHandler):
    """Another program on this machine with a page of its own. It keeps what it is sent."""

    cookies: list[str]
    target: str

    def do_GET(self) -> None:
        self.cookies.append(self.headers.get("cookie", ""))
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(
            f"<!doctype html><title>x</title><link rel=icon href=data:,><form method=post action={self.target}/lock>"
            "<button>win a prize</button></form>".encode()
        )

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def neighbour(app: Serving) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the cookies it got."""
    kind = type("Kept", (Neighbour,), {"cookies": [], "target": app.address})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kind.cookies  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def strolling(chromium: Browser, app: Serving) -> Iterator[Page]:
    """A browser that is in, unlocked, and goes elsewhere too."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(app.launch().as_uri())
    page.wait_for_url(f"{app.address}/")
    unlock(page)
    yield page
    context.close()


READ = """async (address) => {
  const said = [];
  for (const mode of ["cors", "no-cors"])
    await fetch(address + "/people", {credentials: "include", mode})
      .then((answer) => answer.text()).then((text) => said.push(text), () => {});
  await fetch(address + "/lock", {method: "POST", credentials: "include", mode: "no-cors"}).catch(() => {});
  return said.join("");
}"""


def test_a_neighbour_on_another_port_neither_writes_nor_reads(strolling: Page, app: Serving) -> None:
    with neighbour(app) as (address, _):
        strolling.goto(address)
        assert strolling.evaluate(READ, app.address) == ""
        strolling.get_by_role("button").click()
        expect(strolling.locator("body")).to_contain_text("writes come from this app's own pages only")
    assert app.rooms.door.open


def test_a_stolen_cookie_takes_no_words_away_and_changes_no_key(strolling: Page, app: Serving) -> None:
    with neighbour(app) as (address, cookies):
        strolling.goto(address)
    name, _, value = cookies[0].partition("=")
    assert name == app.sessions.cookie, "a browser shows it to every port; its name is this run's own"
    thief = Visitor(app, {name: value})
    guess = {"passphrase": "guessed", "old": "guessed", "new": "x" * 12, "again": "x" * 12, "form": "json"}
    for path in ("/settings/export", "/settings/passphrase", "/settings/kit/new"):
        assert thief.send(path, guess).status == 422, path
    assert thief.ask("POST", "/api/launch").status == 401
    app.rooms.lock()
    assert thief.get("/people").status == 303


def test_a_name_that_was_bound_to_this_machine_shows_nothing(chromium: Browser, app: Serving) -> None:
    path = shutil.which("chromium")
    rebound = chromium.browser_type.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP evil.example 127.0.0.1"],
    )
    try:
        page = rebound.new_page()
        answer = page.goto(f"http://evil.example:{app.port}/")
        assert answer
        assert answer.status == 421
        assert page.inner_text("body").strip() == "unknown host"
    finally:
        rebound.close()


# Other users of the machine


@pytest.fixture
def shared_machine(made: Path) -> Iterator[Path]:
    """A practice below a folder that everybody on this machine may look into."""
    open_to_all = Path(tempfile.mkdtemp(prefix="shared-"))
    open_to_all.chmod(0o755)
    yield Path(shutil.copytree(made, open_to_all / "practice"))
    shutil.rmtree(open_to_all)


def private(folder: Path) -> list[Path]:
    """Every file of a practice and of the app that runs over it."""
    return [path for each in (folder, place_of(folder)) for path in each.rglob("*") if path.is_file()]


def test_what_it_writes_is_its_owners_alone(shared_machine: Path) -> None:
    before = os.umask(0)
    try:
        with serving(Rooms(Door(shared_machine)), 0) as app:
            app.launch()
            visitor = Visitor(app).enter()
            visitor.send("/settings/look", {"appearance": "dark"})
            visitor.send("/settings/help-sheet", {"line0": "my sister"})
            visitor.send("/now", {"book": "", "whose": "theirs", "question": "safety", "answer": "safe"})
            visitor.send("/unlock", {"passphrase": PASSPHRASE})
            visitor.send("/settings/copies")
            found = private(shared_machine)
            assert {"launch.html", "api.json", "look.json"} <= {path.name for path in found}
            open_to_others = [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]
            assert [p for p in open_to_others if stat.S_IMODE(p.parent.stat().st_mode) & 0o077] == []
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as somebody else")
def test_another_user_reads_neither_the_launch_page_nor_the_token_nor_the_memory(shared_machine: Path) -> None:
    with running(shared_machine) as app:
        pid = app.process.pid
        tried = [place_of(shared_machine) / "launch.html", place_of(shared_machine) / "api.json"]
        tried += [shared_machine / "keys.json", Path(f"/proc/{pid}/environ"), Path(f"/proc/{pid}/mem")]
        for path in tried:
            assert path.exists(), path
            read = subprocess.run(
                ["cat", path], capture_output=True, user=65534, group=65534, extra_groups=[], check=False
            )
            assert read.returncode != 0, path
            assert read.stdout == b"", path


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no list of processes to look at")
def test_no_secret_is_in_the_list_of_processes(folder: Path) -> None:
    with running(folder) as app:
        known = json.loads((place_of(folder) / "api.json").read_text())
        link = re.search(r"link=([\w-]+)", app.launch().read_text())
        assert link
        visitor = app.visitor()
        visitor.send("/unlock", {"passphrase": PASSPHRASE})
        shown = b"".join(Path(f"/proc/{app.process.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
        for secret in (known["token"], link[1], PASSPHRASE, *visitor.cookies.values()):
            assert secret.encode() not in shown


@pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux")
def test_it_leaves_no_core_and_nobody_looks_in(folder: Path) -> None:
    with running(folder) as app:
        limits = resource.prlimit(app.process.pid, resource.RLIMIT_CORE)
        owner = Path(f"/proc/{app.process.pid}/mem").stat().st_uid
    assert limits == (0, 0)
    assert owner == 0, "a process that cannot be looked into belongs to root there"


# An unlocked laptop


def test_the_wall_clock_locks_it_whoever_sits_down_next(folder: Path) -> None:
    wall = Wall()
    with serving(Rooms(Door(folder, idle=600, clock=wall)), 0) as app:
        visitor = Visitor(app).enter()
        visitor.send("/unlock", {"passphrase": PASSPHRASE})
        path = visitor.send("/now", {"book": "", "whose": "theirs", "question": "safety", "answer": "safe"}).place
        with app.rooms.door.inside() as practice:
            vault = practice.journal.vault
        wall.at += 599
        assert visitor.get("/people").status == 200
        for _ in range(50):
            wall.at += 15
            visitor.get("/state")
        assert vault.locked, "a page that only asks whether it is open is no visit"
        assert visitor.get("/people").place == "/unlock?to=/people"
        assert visitor.get(path).status == 404, "what was being written is sealed"
        assert app.rooms.drafts._here == {}
