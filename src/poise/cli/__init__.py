"""The command line: one file per command, loaded when it is asked for, so that starting is quick.

Exit codes: 0 fine, 1 something checked fell short, 2 the input could not be understood.
"""

from __future__ import annotations

import gc

COMMANDS = {
    "weigh": "Weigh a moment by a rulebook.",
    "check": "Read rulebooks and say what cannot be understood.",
    "test": "Run the cases that rulebooks hold of themselves.",
    "audit": "Say what a rulebook does over every invented situation.",
    "prove": "Prove what rulebooks promise, over every situation.",
    "compare": "Say where one rulebook leads to something else than another.",
    "rows": "Weigh very many invented moments at once, for research.",
    "show": "Show what a rulebook says.",
    "start": "Set up a practice: your own book, and a sealed journal.",
    "keep": "Weigh a moment by your own book, and keep it.",
    "people": "List the people in the journal.",
    "search": "Find what is in the journal by its words.",
    "backup": "Make a sealed copy of the practice, and try it.",
    "restore": "Bring back a sealed copy.",
    "completion": "Print what makes a shell complete `poise`.",
}
"""Every command and its line in the help. Each is `command` in the module of its name."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(100_000)  # a command lives for a moment; collecting garbage would take a tenth of it
    from .commands import run

    run()
