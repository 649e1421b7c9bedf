"""Runs the page's modules in playwright's own Node, which is there wherever the tests' requirements are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

import poise.pocket

STATIC = Path(poise.pocket.__file__).parent / "static"
_NODE = Path(playwright.__file__).parent / "driver" / "node"


def run(script: str, given: Any = None) -> Any:
    """What a script's function `answer(given)` returns; `static(name)` is the address of one of the page's modules."""
    if not _NODE.is_file():
        pytest.skip("playwright brings no Node for this machine")
    folder = STATIC.as_uri()
    whole = f"""
import {{ readFileSync }} from "node:fs";
const static_ = (name) => import("{folder}/" + name);
{script}
const given = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await answer(given)));
"""
    done = subprocess.run(
        [str(_NODE), "--input-type=module", "-e", whole],
        input=json.dumps(given).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
