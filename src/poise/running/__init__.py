"""A grid of scenarios worked out: on threads, on processes or on a cluster, into a file that a killed run goes on with.

Read `results` (the file), `workers` (who works), `work` (what is handed out, and taken back).
"""

from .results import Results
from .work import run
from .workers import Workers

__all__ = ["Results", "Workers", "run"]
