"""A grid of scenarios: every combination of what is varied, one row for each. Read `asked`, `reading`, `row`."""

from .asked import Book, Scenario, Scenarios
from .reading import read_scenarios
from .row import row_of

__all__ = ["Book", "Scenario", "Scenarios", "read_scenarios", "row_of"]
