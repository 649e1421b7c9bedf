"""Builds the pocket page: a folder of plain files that any static host can serve, from any path.

In it are the rulebook, the help sheet, opening lines where asked for, and the public key that letters are sealed to;
nothing about anyone. Every file is named by its hash in the service worker, so that a phone takes a build whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, plain
from .compiling import compiled
from .html import template
from .icon import icon
from .wording import said, slim

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types notes"
)
"""No script and no style but the page's own files; nothing is asked of any other host."""
PAPER = {"light": "#f6f2ea", "dark": "#14181b"}
_DARK = "(prefers-color-scheme: dark)"
_ALWAYS, _NEVER = "all", "not all"


@dataclass(frozen=True)
class Pocket:
    """What a page is built from. `hash` names the rulebook's text; without an `address` the page keeps nothing."""

    book: Rulebook
    hash: str = ""
    address: Mapping[str, Any] | None = None
    help: tuple[str, ...] = ()
    own_help: bool = False
    """Whether the help sheet is in the person's own words."""
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """{response: opening lines of the person's own}."""
    language: str = "en"
    direction: str = "ltr"
    appearance: str = "system"
    say: Say = plain


def files_of(pocket: Pocket) -> dict[str, bytes]:
    """{name: what is in it} of every file of the page, the service worker last. Raises Mistakes."""
    modules = {name: said(text, pocket.say) for name, text in _static(".js").items() if name != "sw.js"}
    modules["book.js"] = f"export default {_json(_known(pocket))};\n"
    found = {name: text.encode() for name, text in modules.items()}
    found["notes.css"] = _styled(pocket.appearance).encode()
    found["index.html"] = _page(pocket, sorted(set(modules) - {"app.js"})).encode()
    found["notes.webmanifest"] = _manifest(pocket).encode()
    found |= {name: text.encode() for name, text in {**_static(".html"), **_static(".svg")}.items()}
    found["icon.png"] = icon()
    return found | {"sw.js": _worker(found).encode()}


@lru_cache
def _static(kind: str) -> Mapping[str, str]:
    """The files of a kind; scripts and styles without comments."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(STATIC.glob(f"*{kind}"))}
    return texts if kind in (".html", ".svg") else {name: slim(text) for name, text in texts.items()}


def _known(pocket: Pocket) -> dict[str, Any]:
    """What the page knows beside its own words."""
    return {
        "name": pocket.book.name if pocket.address else "",  # of a file it is its path, and nothing is kept by it
        "book": compiled(pocket.book, pocket.say, pocket.hash),
        "address": dict(pocket.address) if pocket.address else None,
        "help": pocket.help,
        "lines": dict(pocket.lines),
    }


def _styled(appearance: str) -> str:
    """The stylesheet: light and dark as the phone has it, or one of them always."""
    text = _static(".css")["notes.css"]
    return text if appearance == "system" else text.replace(_DARK, _ALWAYS if appearance == "dark" else _NEVER)


def _page(pocket: Pocket, modules: list[str]) -> str:
    say = pocket.say
    return template("index.html").render(
        policy=POLICY,
        language=pocket.language,
        direction=pocket.direction,
        scheme="light dark" if pocket.appearance == "system" else pocket.appearance,
        name=say("Notes"),
        title=pocket.book.title,
        modules=modules,
        help=pocket.help,
        close=say("Exit"),
        breath=say("Take a breath. There is time."),
        danger=say("Someone is in danger, or a child is being hurt"),
        without=say("This page weighs on the phone itself, and needs JavaScript for it. Whom you can turn to:"),
    )  # fmt: skip


def _manifest(pocket: Pocket) -> str:
    """What a home screen shows: a name and a picture that say nothing."""
    paper = PAPER["dark" if pocket.appearance == "dark" else "light"]
    return _json({
        "name": pocket.say("Notes"),
        "short_name": pocket.say("Notes"),
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "lang": pocket.language,
        "dir": pocket.direction,
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": "icon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": "icon.png", "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
        ],
    })  # fmt: skip


def _worker(files: Mapping[str, bytes]) -> str:
    """The service worker of exactly these files: what it keeps of another build does not match and is not taken."""
    sums = {"./" if name == "index.html" else name: _sum(data) for name, data in sorted(files.items())}
    name = hashlib.sha256(_json(sums).encode()).hexdigest()[:16]
    text = _static(".js")["sw.js"]
    return text.replace("FILES = {}", f"FILES = {_json(sums)}").replace("HASH", name)


def _sum(data: bytes) -> str:
    """What a browser checks a file by (W3C's Subresource Integrity)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
