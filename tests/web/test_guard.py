"""Every row of the threat model that a browser or a neighbour could try, tried."""

import re
import stat
import time

import pytest

from poise.web.serving import LOOPBACK, Serving
from poise.web.sessions import LAUNCH_SECONDS, Sessions

from .conftest import PASSPHRASE
from .site import Visitor

STRANGE_HOSTS = ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", "127.0.0.1.nip.example:{port}", ""]


def test_it_listens_on_this_machine_alone(app: Serving) -> None:
    listening = app.server.servers[0].sockets[0].getsockname()
    assert listening == (LOOPBACK, app.port)


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_a_name_that_is_not_this_machines_is_refused_before_anything_else(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/", Host=host.format(port=visitor.app.port))
    assert answer.status in (400, 421)
    assert "Poise" not in answer.text


def test_the_name_under_localhost_is_answered(visitor: Visitor) -> None:
    assert visitor.get("/", Host=f"poise.localhost:{visitor.app.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": None},
        {"Sec_Fetch_Site": None, "Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": None, "Origin": "null"},
        {"Sec_Fetch_Site": None, "Origin": "http://evil.example"},
    ],
    ids=str,
)
def test_a_write_from_another_site_or_another_port_is_refused(unlocked: Visitor, headers: dict[str, str]) -> None:
    assert unlocked.send("/lock", None, **headers).status == 403
    assert unlocked.app.rooms.door.open


def test_an_old_browser_is_known_by_its_exact_origin(unlocked: Visitor) -> None:
    origin = f"http://127.0.0.1:{unlocked.app.port}"
    assert unlocked.send("/lock", Sec_Fetch_Site=None, Origin=origin).status == 303
    assert not unlocked.app.rooms.door.open


@pytest.mark.parametrize("path", ["/", "/unlock", "/danger", "/state", "/people", "/now/0"])
def test_nobody_comes_in_without_a_session(app: Serving, path: str) -> None:
    answer = Visitor(app).get(path)
    assert answer.status == 401
    assert "poise open" in answer.words


def test_a_cookie_of_another_run_or_an_invented_one_opens_nothing(app: Serving) -> None:
    for cookies in ({app.sessions.cookie: "invented"}, {"poise_00000000": "x"}, {app.sessions.cookie: ""}):
        assert Visitor(app, cookies).get("/").status == 401


def test_a_launch_link_works_once(app: Serving) -> None:
    link = app.sessions.link()
    assert Visitor(app).get(f"/enter?link={link}").status == 200
    assert Visitor(app).get(f"/enter?link={link}").status == 401


def test_a_launch_link_grows_old() -> None:
    now = time.time()
    sessions = Sessions(lambda: now)
    link = sessions.link()
    now += LAUNCH_SECONDS + 1
    assert sessions.enter(link) is None


def test_the_secret_that_leads_in_lies_in_a_file_of_its_owner_alone(app: Serving) -> None:
    page = app.launch()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
    assert "enter?link=" in page.read_text()


def test_the_cookie_is_this_runs_own_and_no_script_reads_it(app: Serving) -> None:
    set_cookie = Visitor(app).get(f"/enter?link={app.sessions.link()}").headers["set-cookie"]
    assert re.match(r"poise_[0-9a-f]{8}=", set_cookie)
    assert "HttpOnly" in set_cookie
    assert "SameSite=strict" in set_cookie


def test_every_answer_says_what_a_browser_may_do_with_it(visitor: Visitor) -> None:
    for path in ("/", "/unlock", "/danger", "/nowhere", "/now/nothing"):
        headers = visitor.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


def test_each_page_has_a_nonce_of_its_own(visitor: Visitor) -> None:
    nonces = {re.search(r"'nonce-([^']+)'", visitor.get("/").headers["content-security-policy"])[1] for _ in range(3)}  # type: ignore[index]
    assert len(nonces) == 3


def test_what_a_person_wrote_is_text_on_every_page_and_nothing_else(visitor: Visitor) -> None:
    kept = visitor.send("/now", {"book": "", "whose": "theirs", "question": "safety", "answer": "safe"}).place
    visitor.send(f"{kept}/did", {"did": "something_else"})
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'>"
    page = visitor.follow(visitor.send(f"{kept}/kept", {"person": attack, "remark": attack, "did_else": attack}))
    assert "<img" not in page.text
    assert page.text.count("<script") == 3


def test_the_api_opens_by_its_token_and_by_no_cookie(unlocked: Visitor) -> None:
    assert unlocked.ask("POST", "/api/launch").status == 401
    assert unlocked.ask("POST", "/api/launch", Authorization="Bearer x").status == 401
    token = unlocked.app.sessions.token
    assert Visitor(unlocked.app).ask("POST", "/api/launch", Authorization=f"Bearer {token}").status == 200


def test_a_form_that_is_too_large_is_not_read(visitor: Visitor) -> None:
    answer = visitor.ask("POST", "/now", b"", Content_Length="3000000")
    assert (answer.status, answer.text) == (413, "this is longer than 2 MB; nothing was taken\n")
    assert visitor.ask("POST", "/now", b"", Content_Length="-1").status in (400, 411)
    assert visitor.get("/").status == 200


def test_a_wrong_passphrase_says_so_and_opens_nothing(visitor: Visitor) -> None:
    answer = visitor.send("/unlock", {"passphrase": "not this one"})
    assert answer.status == 422
    assert "not its passphrase" in answer.words
    assert "not this one" not in answer.text
    assert not visitor.app.rooms.door.open


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_unlocking_leads_to_pages_of_this_app_only(visitor: Visitor, to: str) -> None:
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE, "to": to}).place == "/"


def test_leaving_locks_and_shows_a_page_that_says_nothing(unlocked: Visitor) -> None:
    answer = unlocked.send("/exit")
    assert not unlocked.app.rooms.door.open
    page = unlocked.follow(answer)
    assert page.words == ""
    assert "Poise" not in page.text
