"""A weighing as plain data: what `--json` prints and a journal can keep."""

from __future__ import annotations

from typing import Any

from .turning import Turn
from .weighing import BoundState, Leaning, Standing, Weighing


def record(weighing: Weighing) -> dict[str, Any]:
    """Everything a weighing says, as a JSON object. Shares and doublings are for programs, not for people's eyes."""
    bound, moment = weighing.bound, weighing.moment
    return {
        "book": weighing.book.title,
        "moment": {**moment.answers, **moment.beliefs},
        "whose": moment.whose,
        "bound": {"id": bound.id, "says": bound.say} if bound else None,
        "bounds": [_bound(state) for state in weighing.bounds],
        "steer": weighing.steer,
        "toward": _leaning(weighing, weighing.toward),
        "beside": _leaning(weighing, weighing.beside),
        "mine": _leaning(weighing, weighing.mine),
        "pair": {name: list(lead) for name, lead in weighing.pair.items()} if weighing.pair else None,
        "applies": weighing.applies,
        "open": list(weighing.open),
        "turns": [_turn(turn) for turn in weighing.turns],
        "next_question": weighing.next_question,
        "settled": weighing.settled,
    }


def _bound(state: BoundState) -> dict[str, Any]:
    bound = state.bound
    return {
        "id": bound.id,
        "says": bound.say,
        "never": list(bound.never),
        "state": "met" if state.met else "possible",
    }


def _leaning(weighing: Weighing, leaning: Leaning | None) -> dict[str, Any] | None:
    if leaning is None:
        return None
    return {
        "lead": list(leaning.lead),
        "close": leaning.close,
        "ranking": [_standing(weighing, standing) for standing in leaning.ranking],
        "enough_alone": list(leaning.enough_alone),
        "had_to_be_there": list(leaning.had_to_be_there),
    }


def _standing(weighing: Weighing, standing: Standing) -> dict[str, Any]:
    like = weighing.book.responses[standing.response].like
    return {
        "id": standing.response,
        **({"like": like} if like else {}),
        "share": standing.share,
        "reasons": [{"guideline": r.guideline, "doublings": r.doublings} for r in standing.reasons],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {"changes": turn.changes, "list": turn.list, "lead": list(turn.lead)}
