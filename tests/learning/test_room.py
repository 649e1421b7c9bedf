"""The room needs NumPy and nothing else from outside; only the module named after scikit-learn loads that."""

from __future__ import annotations

import subprocess
import sys

from tests.test_rooms import FILES, HOUSE, imports

OUTSIDE = {"numpy", "poise"}


def test_the_learner_stands_on_numpy_alone() -> None:
    known = OUTSIDE | set(sys.stdlib_module_names)
    for file in FILES:
        if HOUSE / "learning" in file.parents:
            assert {parts[0] for parts in imports(file)} <= known, file


def test_nothing_but_its_own_module_loads_scikit_learn() -> None:
    for file in FILES:
        if file != HOUSE / "sklearn.py":
            assert not {parts[0] for parts in imports(file)} & {"sklearn", "scipy"}, file


def test_learning_loads_neither_journal_nor_practice() -> None:
    code = "import sys, poise.learning.lately, poise.learning.telling; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not [name for name in run.stdout.split() if "journal" in name or "practice" in name]
