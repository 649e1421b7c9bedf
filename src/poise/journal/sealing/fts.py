"""The index to search by: SQLite's FTS5, in the sealed file. `terms.py` says what is in it.

It can be made anew from the entries at any time; a migration that changes it drops it, and whoever opens the journal
makes it as the program of the day wants it.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

MARK = "_"
"""The end of a term that is not stemmed. Nothing typed has it."""
SHORTEST = 3
"""Letters of a beginning that is looked for among the words; shorter ones have an index of their own."""
MAKE = (
    """CREATE VIRTUAL TABLE search USING fts5(
        words, columnsize = 0, prefix = '1 2 3',
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* So Co' tokenchars '_'"
    )""",
    # What is taken out of the index is overwritten at once, not when segments happen to be merged.
    "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)",
    "CREATE VIRTUAL TABLE search_terms USING fts5vocab(search, instance)",
)
_BEGINNING = re.compile(rf'"(\w{{{SHORTEST},}})"\*')
_MOST_AT_ONCE = 12
_AND = " AND "
_MATCHING = "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
_TERMS = """
    WITH RECURSIVE found(term) AS (
        SELECT (SELECT term FROM search_terms WHERE term >= ?1 LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM search_terms WHERE term >= found.term || x'01' LIMIT 1)
        FROM found WHERE found.term < ?2 LIMIT ?3
    )
    SELECT term FROM found WHERE term < ?2
"""
"""Terms one after another. From each the next is looked for: a plain walk would stop at every row of every term."""


def is_there(connection: Connection) -> bool:
    """Whether there is an index."""
    return bool(connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'search_terms'").first())


def make(connection: Connection) -> None:
    """Make the index, empty."""
    for statement in MAKE:
        connection.exec_driver_sql(statement)


def add(connection: Connection, row: int, words: str, tags: str) -> None:
    """Put an entry's words in the index, in place of what was there."""
    drop(connection, row)
    add_new(connection, [(row, words, tags)])


def add_new(connection: Connection, rows: list[tuple[int, str, str]]) -> None:
    """Put entries in the index that are not in it: (row, words, tags) of each."""
    if rows:
        text = [(row, f"{words} {tags}") for row, words, tags in rows]
        connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", text)


def drop(connection: Connection, row: int) -> None:
    """Take an entry's words out of the index."""
    connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", (row,))


def find(connection: Connection, query: str, before: int, most: int) -> list[int]:
    """The rows that match, the highest first. `query` is in FTS5's own language (see `terms.query`).

    Of many terms the longest are looked for first, in growing portions: few rows, or none, are left for the others.
    """
    parts = query.split(_AND)
    if len(parts) <= _MOST_AT_ONCE:
        return _walked(connection, query, (0, before), most)
    found: list[int] = []
    first, portion = _AND.join(sorted(parts, key=len, reverse=True)[:_MOST_AT_ONCE]), most
    while rows := _walked(connection, first, (0, before), portion):
        found += _walked(connection, query, (rows[-1], rows[0] + 1), most - len(found))
        if len(rows) < portion or len(found) == most:
            break
        before, portion = rows[-1], portion * 4
    return found


def _walked(connection: Connection, query: str, rows: tuple[int, int], most: int) -> list[int]:
    """The rows that match between two, the highest first: walked downwards from there until there are enough.

    For the beginning of a word FTS5 would first gather every row with such a word; where the words are few they are
    spelled out instead, and walked like any other.
    """
    spelled = _BEGINNING.sub(lambda found: _spelled_out(connection, found[1]), query)
    return list(connection.exec_driver_sql(_MATCHING, (spelled, *rows, most)).scalars())


def _spelled_out(connection: Connection, beginning: str) -> str:
    """The words in the index that begin so; where they are many, the beginning as it was."""
    most = 2 * _most_spelled_out(beginning)
    found = connection.exec_driver_sql(_TERMS, (beginning, beginning + "\U0010ffff", most)).scalars().all()
    if len(found) == most:
        return f'"{beginning}"*'
    words = [term for term in found if term.endswith(MARK)] or [beginning + MARK]
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _most_spelled_out(beginning: str) -> int:
    """How many words are worth it: few where the index has beginnings that short, many where it would take off a letter
    as an English ending and find too much.
    """
    if beginning[-1] in "desy":
        return 128
    return 64 if len(beginning) > SHORTEST else 16
