"""The app that runs already, asked for another launch page."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

API_FILE = "api.json"
PATIENCE = 2.0


def place_of(folder: Path) -> Path:
    """The folder, beside a practice, of what its running app leaves for its owner: launch page, the API's token."""
    return folder.with_name(f"{folder.name}.running")


def launched(folder: Path) -> Path | None:
    """A new launch page of the app that runs for a practice; None where none does."""
    try:
        known = json.loads((place_of(folder) / API_FILE).read_text("utf-8"))
        where = urlsplit(known["address"])
        with closing(http.client.HTTPConnection(where.hostname or "", where.port, timeout=PATIENCE)) as connection:
            connection.request("POST", "/api/launch", headers={"Authorization": f"Bearer {known['token']}"})
            answer = connection.getresponse()
            said = json.loads(answer.read())
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return None
    return Path(said["page"]) if answer.status == 200 else None
