"""The JSON Schema of an export, from the tables: `python -m tests.journal.schema_of_tables` writes it down."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Column, Date, String, Table

from poise.journal.exporting.as_json import SCHEMA, VERSION
from poise.journal.exporting.records import REFERENCES, TABLES, UID, fields
from poise.journal.keeping.checking import _ONE_OF
from poise.journal.tables import Answers, Instant, Words

TABLE = {
    "texts": "Texts of rulebooks, each once, by the hash of what it says.",
    "files": "Files that lie beside the journal: the rulebooks, and the help sheet.",
    "people": "People, by nickname.",
    "moments": "What was answered; the gut feeling; the leaning as it was shown; what I did.",
    "reflections": "How it was for the person hit, with us two, for me; knowing how it went, which it would have been.",
    "signs": "Ratings, ruptures and repairs.",
    "check_ins": "How I am.",
    "follow_ups": "What I want to come back to.",
    "rests": "Times of rest.",
    "lines": "Opening lines of my own that worked.",
    "holds": "What stops deletion: of one person's entries, or of all.",
    "drafts": "What is being written.",
    "settings": "Choices about the journal itself. Keys are not among them.",
    "changes": "What was done to entries, so that it can be undone for a while; the last is undone first.",
}
FIELD = {
    "uid": "Names the entry, the same wherever it is copied to.",
    "written_at": "When it was written down.",
    "changed_at": "When it was last changed.",
    "trashed_at": "When it was put in the trash; null where it is not there.",
    "happened_at": "When it happened, on the clock of that place.",
    "person": "The uid of the person it is about.",
    "moment": "The uid of the moment it is about.",
    "sha256": "SHA-256 of the text in UTF-8, in hexadecimal digits.",
    "text": "The text.",
    "name": "Its name.",
    "value": "What was chosen.",
    "body": "The words so far.",
    "nickname": "What I call them.",
    "relation": "Who we are to each other.",
    "trust_for": "What trust is for between us.",
    "whose": "Whose slip it was.",
    "book": "The rulebook it was weighed by.",
    "book_sha256": "The text of that rulebook on that day.",
    "language": "The language it was shown in.",
    "answers": "Answers by the name of their question; a belief is an object of chances.",
    "gut": "What my gut said.",
    "leaning": "Who led each list, and which guidelines applied.",
    "told": "The leaning in the words it was shown in.",
    "did": "What I did: a response by its list.",
    "did_else": "What I did, in my own words.",
    "forecast": "What I expected.",
    "remark": "What was said, or what I wrote.",
    "origin": "Where it was brought in from.",
    "for_them": "How it was for the person hit.",
    "for_us": "How it was with us two.",
    "for_me": "How it was for me.",
    "hindsight": "Knowing how it went, which it would have been: a response by its list.",
    "note": "A note.",
    "sign": "Which sign.",
    "said": "What was asked and said.",
    "energy": "What I have left.",
    "toll": "What it costs me.",
    "elsewhere": "What I give elsewhere.",
    "due_on": "The day to come back.",
    "waiting_for": "What I wait for.",
    "done_at": "When I came back.",
    "ends_at": "When it ends.",
    "response": "The response it begins.",
    "words": "The line.",
    "why": "Why.",
    "placed_at": "When it was placed.",
    "lifted_at": "When it was lifted; null while it is in force.",
    "batch": "What was done in one go has one name.",
    "at": "When it was done.",
    "kind": "The list in this file that the entry is in.",
    "entry": "The uid of the entry.",
    "action": "What was done.",
    "before": "The entry as it was before; null where it was not there.",
}
UIDS: dict[str, Any] = {"type": "string", "pattern": f"^{UID.pattern}$"}


def schema() -> dict[str, Any]:
    head = {
        "poise": {"const": "journal", "description": "What this file is."},
        "version": {"const": VERSION, "description": "The version of how it is written."},
        "sealed": {"const": False, "description": "Whoever has this file can read it."},
        "journal": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "The journal it is from."},
        "exported_at": {"type": "string", "format": "date-time", "description": "When it was written."},
        "person": {**_or_null(UIDS), "description": "The person whose part it is; null where it is the whole."},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Poise journal, not sealed",
        "type": "object",
        "properties": {**head, **{table.name: _list(table) for table in TABLES}},
        "required": list(head),
        "additionalProperties": False,
    }


def _list(table: Table) -> dict[str, Any]:
    properties = {name: {**_value(name, c), "description": FIELD[name]} for name, c in fields(table).items()}
    record = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "array", "description": TABLE[table.name], "items": record}


def _value(name: str, column: Column[Any]) -> dict[str, Any]:
    found: dict[str, Any]
    if name == "before":
        return {"type": ["object", "null"]}
    if name in {called for called, _ in REFERENCES.values()} | {"uid", "batch", "entry"}:
        found = UIDS
    elif name in _ONE_OF:
        found = {"enum": list(_ONE_OF[name])}
    elif isinstance(column.type, Answers):
        return {"type": "object"} if name != "value" else {}
    elif isinstance(column.type, Instant):
        found = {"type": "string", "format": "date-time"}
    elif isinstance(column.type, Date):
        found = {"type": "string", "format": "date"}
    elif isinstance(column.type, Words):
        found = {"type": "string", "maxLength": column.type.most}
    else:
        assert isinstance(column.type, String)
        found = {"type": "string", "minLength": 1, "maxLength": column.type.length}
    return _or_null(found) if column.nullable else found


def _or_null(found: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [found, {"type": "null"}]}


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(schema(), indent=2) + "\n", encoding="utf-8")
