"""The command line: one file per command, loaded when it is asked for, so that starting is quick.

Exit codes: 0 fine, 1 something checked fell short, 2 the input could not be understood.
"""

from __future__ import annotations

import gc
import os
from keyword import iskeyword

COMMANDS = {
    "weigh": "Weigh a moment by a rulebook.",
    "check": "Read rulebooks and say what cannot be understood.",
    "test": "Run the cases that rulebooks hold of themselves.",
    "audit": "Say what a rulebook does over every invented situation.",
    "prove": "Prove what rulebooks promise, over every situation.",
    "compare": "Say where one rulebook leads to something else than another.",
    "rows": "Weigh very many invented moments at once, for research.",
    "scenarios": "Work out many scenarios of foresight's model, for research.",
    "show": "Show what a rulebook says.",
    "start": "Set up a practice: your own book, and a sealed journal.",
    "open": "Open Poise in the browser, on this machine.",
    "pocket": "Carry your rulebook on your phone, with no server and no network.",
    "demo": "Try Poise with invented moments, in the browser.",
    "keep": "Weigh a moment by your own book, and keep it.",
    "reflect": "Look back on a moment, three minutes afterwards.",
    "look-back": "See what you kept lately, side by side.",
    "learn": "See what your notes speak for changing in your book.",
    "foresee": "Play through speaking to it now, or later.",
    "come-back": "See what you wanted to come back to, or add to it.",
    "check-in": "Keep how you are.",
    "rest": "Set a time of rest, or see them.",
    "trust": "See what a relationship could hold, from what you wrote down.",
    "people": "See the people in the journal, and change what is kept of them.",
    "instrument": "See or choose how you rate what a relationship could hold.",
    "search": "Find what is in the journal by its words.",
    "undo": "Undo the last thing that was done to the journal.",
    "trash": "See what is in the trash, put something in, or take it out.",
    "help-sheet": "Show whom you can turn to, without a passphrase.",
    "settings": "See and make the choices about your practice.",
    "passphrase": "Change the passphrase, or make a new recovery kit.",
    "recover": "Open a practice by its recovery kit, and choose a new passphrase.",
    "backup": "Make a sealed copy of the practice, and try it.",
    "restore": "Bring back a sealed copy.",
    "export": "Write what is in the practice into a file that is not sealed.",
    "import": "Bring in your own export, or a diary of your own.",
    "calendar": "Write the days to come back to into a file for a calendar.",
    "retain": "See or choose how long entries are kept.",
    "hold": "Stop deletion of what is about somebody, or of all.",
    "erase": "Delete for good what is about somebody.",
    "completion": "Print what makes a shell complete `poise`.",
}
"""Every command and its line in the help. Each is `command` in the module of its name, `_` for `-`, and `import_`."""


def module_of(command: str) -> str:
    """The name of the module that holds a command."""
    return f"{command.replace('-', '_')}{'_' if iskeyword(command) else ''}"


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads that wait for each other take longer
    gc.set_threshold(100_000)  # a command lives for a moment; collecting garbage would take a tenth of it
    from .commands import run

    run()
