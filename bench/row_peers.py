# ruff: noqa: PLC0415 (each neighbour is loaded in its own process only)
"""One rulebook in the neighbours' own expressions: from columns of codes to what leads each list, and every share.

Every neighbour gets the same columns (uint8, all answered) and has to give the same: for each list a bit mask of what
leads, and, where asked for, a share for each response. None of them says which guidelines apply; ours does, as an
extra. Every one is written as its documentation shows and in the fastest way we found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import add, or_
from typing import Any, NamedTuple

import numpy as np
import peers
from numpy.typing import NDArray

from poise.rulebook.condition import All, Among, Condition, Not
from poise.rulebook.guideline import BESIDE, TOWARD
from poise.weighing.tables import OUT, SCALE, Tables

LISTS = (TOWARD, BESIDE)
FAR = -(2**30)
"""The score of a response that is out: below any sum of leans, above the least that 32 bits hold."""
THOUSANDTHS = SCALE // 1000
NOTHING_FROM = 125_000
"""Thousandths behind the first from which a share is nothing: floats of 32 bits hardly reach further."""
AT_ONCE = 1 << 14
"""Rows that NumPy takes at once, so that its columns of booleans stay in the caches."""

Columns = dict[str, NDArray[np.uint8]]


class Found(NamedTuple):
    """What leads each list, and the share of each response of all lists, where asked for."""

    leads: list[NDArray[Any]]
    shares: list[NDArray[Any]]


class Neighbour(NamedTuple):
    """`ready` hands over the columns, which does not count; `weigh` does the work."""

    ready: Callable[[Columns], object]
    weigh: Callable[[], Found]


class Rules(peers.Rules):
    """The same rules for everybody, in thousandths of a doubling."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        effects = [effect for table in tables.tables for effect in table.effects]
        self.lists = [[lane for lane, _ in tables.members[name]] for name in LISTS]
        self.lanes = [(number, lane) for number, members in enumerate(self.lists) for lane in members]
        self.replacing = [i for i, effect in enumerate(effects) if effect.bound and effect.bound.replaces]

    def begins(self, lane: int) -> int:
        """Where a response starts."""
        return self.start[lane] // THOUSANDTHS

    def gains(self, lane: int) -> list[tuple[int, int]]:
        """(condition, thousandths) of each that leans on a response."""
        return [(i, adds[lane] // THOUSANDTHS) for i, adds in enumerate(self.adds) if adds[lane] and adds[lane] > OUT]

    def takers(self, lane: int) -> list[int]:
        """The conditions that take a response out."""
        return [i for i, adds in enumerate(self.adds) if adds[lane] <= OUT]


def duckdb(rules: Rules, shares: bool) -> Neighbour:
    """DuckDB: conditions, sums, the most of each list, powers, and shares, each a select around the one before."""
    import duckdb as neighbour

    base = neighbour.connect(config={"threads": 1})
    query = sql(rules, shares)
    lanes = [lane for _, lane in rules.lanes if shares]

    def ready(columns: Columns) -> None:  # noqa: ARG001 - DuckDB finds it by its name
        base.execute("create or replace table moments as select * from columns")

    def weigh() -> Found:
        found = base.sql(query).fetchnumpy()
        return Found([found[f"lead{n}"] for n in range(len(LISTS))], [found[f"share{lane}"] for lane in lanes])

    return Neighbour(ready, weigh)


def sql(rules: Rules, shares: bool) -> str:
    """One query. `case when` is quicker here than truth values times numbers, and `exp` than `pow`."""
    lists = list(enumerate(rules.lists))
    written = rules.written(peers.Notation(among="{name} in ({codes})"))
    gone = " or ".join(f"c{i}" for i in rules.replacing) or "false"
    wholes = ((f"whole{n}", " + ".join(f"p{lane}" for lane in members)) for n, members in lists)
    query = select("moments", ((f"c{i}", each) for i, each in enumerate(written)))
    query = select(query, [("gone", gone), *((f"s{lane}", _sql_score(rules, lane)) for _, lane in rules.lanes)])
    query = select(query, ((f"most{n}", f"greatest({_named('s', members)})") for n, members in lists), every=True)
    leads = [(f"lead{n}", _sql_lead(n, members)) for n, members in lists]
    if not shares:
        return select(query, leads)
    query = select(query, ((f"p{lane}", _sql_power(n, lane)) for n, lane in rules.lanes), every=True)
    query = select(query, wholes, every=True)
    parts = ((f"share{lane}", f"case when gone then 0 else p{lane} / whole{n} end::float") for n, lane in rules.lanes)
    return select(query, [*leads, *parts])


def select(source: str, columns: Iterator[tuple[str, str]] | list[tuple[str, str]], *, every: bool = False) -> str:
    """A select of named expressions from a table or another select."""
    named = ", ".join(f"{expression} as {name}" for name, expression in columns)
    return f"select {'*, ' if every else ''}{named} from {f'({source})' if ' ' in source else source}"


def _named(prefix: str, lanes: list[int]) -> str:
    return ", ".join(f"{prefix}{lane}" for lane in lanes)


def _sql_score(rules: Rules, lane: int) -> str:
    gains = (f"case when c{i} then {gain} else 0 end" for i, gain in rules.gains(lane))
    total = " + ".join([str(rules.begins(lane)), *gains])
    out = " or ".join(f"c{i}" for i in rules.takers(lane))
    return f"(case when {out} then {FAR} else {total} end)::int" if out else f"({total})::int"


def _sql_power(number: int, lane: int) -> str:
    power = f"exp((s{lane} - most{number})::float * {np.log(2) / 1000:.12g}::float)"
    return f"case when s{lane} > {FAR} then {power} else 0 end::float"


def _sql_lead(number: int, lanes: list[int]) -> str:
    bits = " + ".join(f"(s{lane} = most{number})::utinyint * {1 << bit}" for bit, lane in enumerate(lanes))
    return f"case when gone then 0 else {bits} end::utinyint"


def polars(rules: Rules, shares: bool) -> Neighbour:
    """Polars: the same steps, each a `select` or `with_columns` of expressions, collected at once."""
    import polars as pl

    frame = pl.LazyFrame()
    lists = list(enumerate(rules.lists))
    conditions = [
        made(c, _polars_among(pl, rules), pl.lit(True)).alias(f"c{i}") for i, c in enumerate(rules.conditions)
    ]
    gone = pl.any_horizontal(*(f"c{i}" for i in rules.replacing)) if rules.replacing else pl.lit(False)
    scores = [gone.alias("gone"), *(_polars_score(pl, rules, lane) for _, lane in rules.lanes)]
    most = [pl.max_horizontal(*(f"s{lane}" for lane in members)).alias(f"most{n}") for n, members in lists]
    lanes = [(n, lane) for n, lane in rules.lanes if shares]
    powers = _polars_powers(pl, lanes)
    wholes = [reduce(add, [pl.col(f"p{lane}") for lane in members]).alias(f"whole{n}") for n, members in lists]
    results = [_polars_lead(pl, n, members) for n, members in lists]
    results += [
        pl.when("gone").then(0).otherwise(pl.col(f"p{lane}") / pl.col(f"whole{n}")).alias(f"share{lane}")
        for n, lane in lanes
    ]

    def ready(columns: Columns) -> None:
        nonlocal frame
        frame = pl.DataFrame(columns).lazy()

    def weigh() -> Found:
        steps = frame.select(conditions).select(scores).with_columns(most)
        steps = steps.with_columns(powers).with_columns(wholes) if shares else steps
        found = steps.select(results).collect()
        leads = [found[f"lead{n}"].to_numpy() for n, _ in lists]
        return Found(leads, [found[f"share{lane}"].to_numpy() for _, lane in lanes])

    return Neighbour(ready, weigh)


def _polars_among(pl: Any, rules: Rules) -> Callable[[Among], Any]:
    return lambda part: compared(
        pl.col(rules.questions[part.position].id), part, rules, lambda c, codes: c.is_in(codes)
    )


def _polars_score(pl: Any, rules: Rules, lane: int) -> Any:
    whole = pl.lit(rules.begins(lane), pl.Int32)
    for i, gain in rules.gains(lane):
        whole = whole + pl.when(f"c{i}").then(pl.lit(gain, pl.Int32)).otherwise(pl.lit(0, pl.Int32))
    if takers := rules.takers(lane):
        whole = pl.when(reduce(or_, [pl.col(f"c{i}") for i in takers])).then(pl.lit(FAR, pl.Int32)).otherwise(whole)
    return whole.alias(f"s{lane}")


def _polars_powers(pl: Any, lanes: list[tuple[int, int]]) -> list[Any]:
    """Powers of two by how many thousandths a response lies behind, looked up: twice as fast as `exp`."""
    powers = np.exp2(np.arange(NOTHING_FROM + 1, dtype=np.float32) / np.float32(-1000))
    powers[-1] = 0
    table = pl.lit(pl.Series(powers))
    behind = ((pl.col(f"most{n}") - pl.col(f"s{lane}")).clip(upper_bound=NOTHING_FROM) for n, lane in lanes)
    return [table.gather(each.cast(pl.UInt32)).alias(f"p{lane}") for each, (_, lane) in zip(behind, lanes, strict=True)]


def _polars_lead(pl: Any, number: int, lanes: list[int]) -> Any:
    most = pl.col(f"most{number}")
    bits = [(pl.col(f"s{lane}") == most).cast(pl.UInt8) * (1 << bit) for bit, lane in enumerate(lanes)]
    return pl.when("gone").then(0).otherwise(reduce(add, bits)).cast(pl.UInt8).alias(f"lead{number}")


def numpy(rules: Rules, shares: bool) -> Neighbour:
    """NumPy: a row of booleans for each condition, times the matrix of leans."""
    adds = np.array([[adds[lane] for _, lane in rules.lanes] for adds in rules.adds], np.float64)
    leans = (np.where(adds > OUT, adds, 0) / THOUSANDTHS).T.astype(np.float32)
    taken = (adds <= OUT).T.astype(np.float32)
    base = np.array([[rules.begins(lane)] for _, lane in rules.lanes], np.float32)
    given: Columns = {}

    def weigh() -> Found:
        rows = len(next(iter(given.values())))
        starts = range(0, rows, AT_ONCE)
        parts = [part({name: column[at : at + AT_ONCE] for name, column in given.items()}) for at in starts]
        found = ([np.concatenate(each) for each in zip(*side, strict=True)] for side in zip(*parts, strict=True))
        return Found(*found)

    def part(columns: Columns) -> Found:
        always = np.ones(len(next(iter(columns.values()))), np.bool_)

        def among(each: Among) -> Any:
            return compared(columns[rules.questions[each.position].id], each, rules, np.isin)

        held = np.array([made(condition, among, always) for condition in rules.conditions], np.float32)
        scores = leans @ held + base
        scores[taken @ held > 0] = FAR
        return _ranked(rules, scores, ~(held[rules.replacing] > 0).any(axis=0), shares)

    return Neighbour(given.update, weigh)


def _ranked(rules: Rules, scores: NDArray[Any], stands: NDArray[np.bool_], shares: bool) -> Found:
    leads, parts = [], []
    for each in np.split(scores, np.cumsum([len(members) for members in rules.lists])[:-1]):
        most = each.max(axis=0)
        bits = [(score == most).view(np.uint8) << np.uint8(bit) for bit, score in enumerate(each)]
        leads.append(np.bitwise_or.reduce(bits) * stands)
        if shares:
            powers = np.exp2((each - most) / np.float32(1000))
            parts.extend(powers / powers.sum(axis=0) * stands)
    return Found(leads, parts)


def made(condition: Condition, among: Callable[[Among], Any], always: Any) -> Any:
    """A condition over arrays or expressions, which `&`, `|` and `~` combine."""
    if isinstance(condition, Among):
        return among(condition)
    if isinstance(condition, Not):
        return ~made(condition.inner, among, always)
    every = isinstance(condition, All)
    inner = [made(each, among, always) for each in condition.inner]
    return reduce(lambda a, b: a & b if every else a | b, inner) if inner else always if every else ~always


def compared(column: Any, part: Among, rules: Rules, one_of: Callable[[Any, list[int]], Any]) -> Any:
    """The quickest comparison there is with a set of codes."""
    size = len(rules.questions[part.position].answers)
    codes = [code for code in range(size) if part.mask >> code & 1]
    if len(codes) == 1:
        return column == codes[0]
    if len(codes) == size - 1:
        return column != next(code for code in range(size) if code not in codes)
    if codes == list(range(len(codes))):
        return column <= codes[-1]
    if codes == list(range(size - len(codes), size)):
        return column >= codes[0]
    return one_of(column, codes)
