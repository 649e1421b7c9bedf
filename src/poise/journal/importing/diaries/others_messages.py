"""Recognises conversations: words that other people wrote, which have no place in this journal."""

from __future__ import annotations

import re
from typing import Any

from ...trouble import Refused
from ..sections import not_brought_in

_CHAT_LINE = re.compile(
    r"^[\u200e\u200f\ufeff]*(?P<open>\[?)(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})(?P<comma>,?)[ \u00a0\u202f]+"
    r"\d{1,2}[:.]\d{2}([:.]\d{2})?([ \u00a0\u202f]?[AaPp]\.?[ ]?[Mm]\.?)?(?:\]|[ ][-–])[ ]*[^:\n]{1,60}:[ ]",
    re.MULTILINE,
)
_HEADED = re.compile(r"^(?:Conversation|From|Sender): .+\n(?:.*\n){0,6}?(?:Sent|Received|Date|Type): ", re.MULTILINE)
_DIARY_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LINES = 2
_NAMES = re.compile(
    r"whatsapp|^_chat\.txt$|telegram|signal[-_ ]|^messages?\d*\.(html?|json)$|^sms-|imessage|^inbox$|\.mbox$",
    re.IGNORECASE,
)
_KEYS = {"messages", "chats", "conversations", "participants", "threads"}
_SENDERS = {
    "sender",
    "sender_name",
    "from_id",
    "from",
    "author",
    "user",
    "conversationId",
    "sourceServiceId",
    "subtype",
}
_BODIES = {"text", "message", "content", "body"}


def refused(name: str) -> Refused:
    """What is said of a conversation."""
    message = "`{name}` looks like messages that other people wrote, too"
    help = "this journal is about you: write what happened in your own words, with `poise keep`"
    return not_brought_in(message, help, name=name[:80])


def check_name(name: str) -> None:
    """Raises Refused where a file is called as a messenger calls its exports."""
    if _NAMES.search(name):
        raise refused(name)


def check_text(name: str, text: str) -> None:
    """Raises Refused where a text is a conversation: times, then names, then what each said."""
    found = [line for line in _CHAT_LINE.finditer(text) if not _of_a_diary(line)]
    if len(found) >= _LINES or _HEADED.search(text) or text.lstrip().startswith("<smses"):
        raise refused(name)


def _of_a_diary(line: re.Match[str]) -> bool:
    """Whether it begins as an entry of a diary does: [2024-05-01 09:30]."""
    return bool(line["open"] and not line["comma"] and _DIARY_DAY.fullmatch(line["day"]))


def check_keys(name: str, keys: set[str]) -> None:
    """Raises Refused where a JSON object holds conversations."""
    if keys & _KEYS:
        raise refused(name)


def check_value(name: str, value: Any) -> None:
    """Raises Refused where a value of a list is a message: somebody sent it."""
    if isinstance(value, dict) and value.keys() & _SENDERS and value.keys() & _BODIES:
        raise refused(name)
