# ruff: noqa: PLC0415 (each neighbour is loaded in its own process only)
"""One rulebook in the neighbours' own expressions: from columns of codes to what leads each list, and every share.

Every neighbour gets the same columns (uint8, all answered) and gives the same: for each list a bit mask of what leads,
and a float32 share for each response. None of them marks which guidelines apply; ours does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import peers
from numpy.typing import NDArray

from poise.rulebook.condition import All, Among, Condition, Not
from poise.rulebook.guideline import BESIDE, TOWARD
from poise.weighing.tables import OUT, SCALE

LISTS = (TOWARD, BESIDE)
FAR = -(2**30)
"""What a response that is out gets: below any sum of leans, above the least that 32 bits hold."""
THOUSANDTHS = SCALE // 1000

Columns = dict[str, NDArray[np.uint8]]
Found = tuple[list[NDArray[Any]], list[NDArray[Any]]]
"""The masks of each list; the shares of each response, list by list."""
Weigher = Callable[[Columns], Found]


class Rules(peers.Rules):
    """The rules, with leans in thousandths of a doubling for each response of the two lists."""

    def members(self) -> list[list[int]]:
        """The lanes of each list."""
        return [[lane for lane, _ in self.tables.members[name]] for name in LISTS]

    def gains(self, lane: int) -> list[tuple[int, int]]:
        """(condition, thousandths) of each condition that leans on a response."""
        return [(i, add[lane] // THOUSANDTHS) for i, add in enumerate(self.adds) if add[lane] and add[lane] > OUT]

    def takers(self, lane: int) -> list[int]:
        """The conditions that take a response out."""
        return [i for i, add in enumerate(self.adds) if add[lane] <= OUT]

    def replaced(self) -> list[int]:
        """The conditions of bounds that replace the weighing."""
        effects = [effect for table in self.tables.tables for effect in table.effects]
        return [i for i, effect in enumerate(effects) if effect.bound and effect.bound.replaces]

    def begins(self, lane: int) -> int:
        """Where a response starts, in thousandths."""
        return self.start[lane] // THOUSANDTHS


def duckdb_sql(rules: Rules) -> Weigher:
    """DuckDB: conditions, sums, the most of each list, powers, and shares, each a select around the one before."""
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    query = _sql(rules)

    def weigh(columns: Columns) -> Found:
        found = base.sql(query).fetchnumpy()
        lanes = [lane for members in rules.members() for lane in members]
        return [found[f"lead{n}"] for n in range(len(LISTS))], [found[f"share{lane}"] for lane in lanes]

    def ready(columns: Columns) -> None:
        base.execute("create or replace table moments as select * from columns")

    weigh.ready = ready  # type: ignore[attr-defined]
    return weigh


def _sql(rules: Rules) -> str:
    written = rules.written(peers.Notation(among="{name} in ({codes})"))
    lists = list(enumerate(rules.members()))
    lanes = [(n, lane) for n, members in lists for lane in members]
    query = f"select {', '.join(f'({w}) as c{i}' for i, w in enumerate(written))} from moments"
    gone = " or ".join(f"c{i}" for i in rules.replaced()) or "false"
    query = f"select {gone} as gone, {', '.join(_sql_score(rules, lane) for _, lane in lanes)} from ({query})"
    most = ", ".join(f"greatest({', '.join(f's{lane}' for lane in members)}) as most{n}" for n, members in lists)
    query = f"select *, {most} from ({query})"
    powers = ", ".join(
        f"case when s{lane} > {FAR} then pow(2, (s{lane} - most{n}) / 1000.0)::float else 0::float end as p{lane}"
        for n, lane in lanes
    )
    query = f"select *, {powers} from ({query})"
    wholes = ", ".join(f"{' + '.join(f'p{lane}' for lane in members)} as whole{n}" for n, members in lists)
    query = f"select *, {wholes} from ({query})"
    leads = ", ".join(
        f"case when gone then 0 else {' + '.join(f'(s{x} = most{n})::utinyint * {1 << b}' for b, x in enumerate(m))} "
        f"end::utinyint as lead{n}"
        for n, m in lists
    )
    shares = ", ".join(f"case when gone then 0 else p{lane} / whole{n} end::float as share{lane}" for n, lane in lanes)
    return f"select {leads}, {shares} from ({query})"


def _sql_score(rules: Rules, lane: int) -> str:
    total = " + ".join([str(rules.begins(lane)), *(f"case when c{i} then {g} else 0 end" for i, g in rules.gains(lane))])
    out = " or ".join(f"c{i}" for i in rules.takers(lane))
    return f"(case when {out} then {FAR} else {total} end)::int as s{lane}" if out else f"({total})::int as s{lane}"


def polars_expressions(rules: Rules) -> Weigher:
    """Polars: the same steps, each a `select` or `with_columns` of expressions, collected at once."""
    import polars as pl

    def among(part: Among) -> Any:
        question = rules.questions[part.position]
        return compared(pl.col(question.id), part.mask, len(question.answers), lambda c, codes: c.is_in(codes))

    lists = list(enumerate(rules.members()))
    lanes = [(n, lane) for n, members in lists for lane in members]
    conditions = [made(c, among, pl.lit(True)).alias(f"c{i}") for i, c in enumerate(rules.conditions)]
    gone = pl.any_horizontal(*(pl.col(f"c{i}") for i in rules.replaced())) if rules.replaced() else pl.lit(False)
    scores = [_polars_score(pl, rules, lane) for _, lane in lanes]
    most = [pl.max_horizontal(*(f"s{lane}" for lane in members)).alias(f"most{n}") for n, members in lists]
    powers = [
        pl.when(pl.col(f"s{lane}") > FAR)
        .then(((pl.col(f"s{lane}") - pl.col(f"most{n}")).cast(pl.Float32) * np.float32(np.log(2) / 1000)).exp())
        .otherwise(0)
        .alias(f"p{lane}")
        for n, lane in lanes
    ]
    wholes = [reduce(lambda a, b: a + b, [pl.col(f"p{x}") for x in m]).alias(f"whole{n}") for n, m in lists]
    leads = [
        pl.when("gone").then(0).otherwise(reduce(lambda a, b: a + b, [(pl.col(f"s{x}") == pl.col(f"most{n}")).cast(pl.UInt8) * (1 << b) for b, x in enumerate(m)])).cast(pl.UInt8).alias(f"lead{n}")
        for n, m in lists
    ]
    shares = [pl.when("gone").then(0).otherwise(pl.col(f"p{x}") / pl.col(f"whole{n}")).alias(f"share{x}") for n, x in lanes]
    frame: list[Any] = []

    def ready(columns: Columns) -> None:
        frame[:] = [pl.DataFrame(columns).lazy()]

    def weigh(columns: Columns) -> Found:
        steps = frame[0].select(conditions).select(gone.alias("gone"), *scores)
        found = steps.with_columns(most).with_columns(powers).with_columns(wholes).select(*leads, *shares).collect()
        return [found[f"lead{n}"].to_numpy() for n, _ in lists], [found[f"share{x}"].to_numpy() for _, x in lanes]

    weigh.ready = ready  # type: ignore[attr-defined]
    return weigh


def _polars_score(pl: Any, rules: Rules, lane: int) -> Any:
    total = pl.lit(rules.begins(lane), pl.Int32)
    for i, gain in rules.gains(lane):
        total = total + pl.when(f"c{i}").then(pl.lit(gain, pl.Int32)).otherwise(pl.lit(0, pl.Int32))
    if takers := rules.takers(lane):
        total = pl.when(reduce(lambda a, b: a | b, [pl.col(f"c{i}") for i in takers])).then(pl.lit(FAR, pl.Int32)).otherwise(total)
    return total.alias(f"s{lane}")


def numpy_weights(rules: Rules) -> Weigher:
    """NumPy: a column of booleans for each condition, times the matrix of leans; a hundred thousand rows at a time."""
    lists = rules.members()
    lanes = [lane for members in lists for lane in members]
    weights = np.array([[add[lane] // THOUSANDTHS if add[lane] > OUT else 0 for lane in lanes] for add in rules.adds], np.float32)
    taken = np.array([[add[lane] <= OUT for lane in lanes] for add in rules.adds], np.float32)
    base = np.array([rules.begins(lane) for lane in lanes], np.float32)
    gone = rules.replaced()

    def weigh(columns: Columns) -> Found:
        parts = [chunk({k: v[s : s + 16384] for k, v in columns.items()}) for s in range(0, len(next(iter(columns.values()))), 16384)]
        return [np.concatenate(x) for x in zip(*(p[0] for p in parts))], [np.concatenate(x) for x in zip(*(p[1] for p in parts))]

    def chunk(columns: Columns) -> Found:
        def among(part: Among) -> Any:
            question = rules.questions[part.position]
            return compared(columns[question.id], part.mask, len(question.answers), np.isin)

        always = np.ones(len(next(iter(columns.values()))), np.bool_)
        held = np.array([made(c, among, always) for c in rules.conditions], np.float32)
        scores = weights.T @ held + base[:, None]
        scores[taken.T @ held > 0] = FAR
        keep = ~(held[gone] > 0).any(axis=0) if gone else always
        leads, shares, first = [], [], 0
        for members in lists:
            each = scores[first : first + len(members)]
            first += len(members)
            most = each.max(axis=0)
            leads.append(np.bitwise_or.reduce([(s == most).view(np.uint8) << b for b, s in enumerate(each)]) * keep)
            powers = np.exp2((each - most) / np.float32(1000))
            shares.extend(powers / (powers.sum(axis=0)) * keep)
        return leads, shares

    weigh.ready = lambda columns: None  # type: ignore[attr-defined]
    return weigh


def made(condition: Condition, among: Callable[[Among], Any], always: Any) -> Any:
    """A condition over arrays or expressions, which `&`, `|` and `~` combine."""
    if isinstance(condition, Among):
        return among(condition)
    if isinstance(condition, Not):
        return ~made(condition.inner, among, always)
    inner = [made(each, among, always) for each in condition.inner]
    if not inner:
        return always if isinstance(condition, All) else ~always
    return reduce(lambda a, b: a & b if isinstance(condition, All) else a | b, inner)


def compared(column: Any, mask: int, size: int, one_of: Callable[[Any, list[int]], Any]) -> Any:
    """The quickest comparison there is with a set of codes."""
    codes = [code for code in range(size) if mask >> code & 1]
    if len(codes) == 1:
        return column == codes[0]
    if len(codes) == size - 1:
        return column != next(code for code in range(size) if code not in codes)
    if codes == list(range(len(codes))):
        return column <= codes[-1]
    if codes == list(range(size - len(codes), size)):
        return column >= codes[0]
    return one_of(column, codes)
