"""Many moments at once, as columns of numbers: invented situations and research, never people.

For every row, the same as `poise.weigh` says of one moment: bit for bit what leads, what ties, which guidelines apply
and which bounds are met. Read in this order: `columns` (what is given), `leaf` (one table as arrays), `joining` (which
tables are laid together), `lanes` (scores as small whole numbers), `plan` (all of it, ready to add up), `by_numpy` and
`by_numba` with its `kernel` (the two engines), `weighed` (what comes out).
"""

from .weighed import Rows, weigh_rows

__all__ = ["Rows", "weigh_rows"]
