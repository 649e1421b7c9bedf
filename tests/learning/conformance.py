"""Runs scikit-learn's whole suite of checks on the estimator, on whichever release this Python has.

    python tests/learning/conformance.py        # with SCIPY_ARRAY_API=1 for the checks of other kinds of arrays

Needs NumPy and scikit-learn only, so that an environment with the oldest release that is supported is quickly made.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import sklearn
from sklearn.utils.estimator_checks import check_estimator

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from poise.sklearn import RulebookClassifier


def main() -> int:
    """Print what came of it; 1 where a check failed."""
    found = check_estimator(RulebookClassifier(), on_fail=None, on_skip=None)
    counts = Counter(each["status"] for each in found)
    print(f"scikit-learn {sklearn.__version__}: {counts['passed']} of {len(found)} passed, {counts['failed']} failed")
    for each in found:
        if each["status"] != "passed":
            print(f"  {each['status']}: {each['check_name']}: {each['exception']}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
