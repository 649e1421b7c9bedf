"""How the tables came to be what they are: one migration after another, each whole or not at all.

Alembic is loaded only when there is something to do: opening a journal that is up to date stays quick.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ..trouble import Damaged, NewerFile

_HERE = Path(__file__).parent
KNOWN = tuple(sorted(path.stem[1:5] for path in (_HERE / "versions").glob("v[0-9]*.py")))
"""The revisions this program knows, oldest first."""
HEAD = KNOWN[-1]


def revision_of(connection: Connection) -> str | None:
    """The revision a journal is at; None where it has no tables yet. Raises NewerFile or Damaged."""
    if not inspect(connection).has_table("alembic_version"):
        if inspect(connection).get_table_names():
            raise Damaged("the journal's file has tables that no Poise made", "`poise restore` brings back a copy")
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or found in KNOWN:
        return found
    if str(found) > HEAD:
        message = "the journal was last opened by a newer Poise than this one; it was left as it is"
        raise NewerFile(message, "update Poise, then open it again, or restore a copy made before")
    raise Damaged(
        "the journal's file says it is at `{found}`, which is no revision", "restore a copy", found=str(found)[:20]
    )


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables to a revision, within the transaction of the connection."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
