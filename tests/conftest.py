"""How many examples hypothesis tries: few by default, many with `--hypothesis-profile=long`. A practice, a browser."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, and before NumPy is loaded

from .browser import chromium
from .made import folder, made

__all__ = ["chromium", "folder", "made"]

# No deadline: a slow machine is not a failing test. CI tries the same examples every time.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=os.environ.get("CI") == "true")
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")
