"""The problem that other solvers are given: the tests lay it out, in plain loops."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.foresight.problem import Problem, problem

__all__ = ["Problem", "problem"]
