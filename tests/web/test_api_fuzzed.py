"""The API, given what nobody thought of: never a failure of ours, and every answer as it is described."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from poise.web.serving import Serving

from .conftest import PASSPHRASE
from .program import Program, described

AnyCase = Case[Any]
FEW, MANY = 3, 100
"""Cases of each call, of each mode."""
CHECKED = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
"""The last one is left out where what was sent is too long."""
OPERATIONS: dict[str, Any] = {
    each.ok().label: each.ok()
    for each in schemathesis.openapi.from_dict(described()).get_all_operations()
    if isinstance(each, Ok)
}


@dataclass
class Fuzzed:
    """An app that is met with cases, over one connection."""

    app: Serving
    session: requests.Session
    known: dict[str, str]

    def cases(self, label: str, mode: GenerationMode) -> SearchStrategy[AnyCase]:
        """Cases of one call: about anything, and about what is there."""
        operation, token = OPERATIONS[label], {"Authorization": f"Bearer {self.app.sessions.token}"}
        there = {name: self.known[label.split("/")[2]] for name in ("uid", "name") if f"{{{name}}}" in label}
        anything: SearchStrategy[AnyCase] = operation.as_strategy(generation_mode=mode, headers=token)
        if not there or label.startswith("PUT /api/moments"):
            return anything
        if mode == GenerationMode.NEGATIVE and not (operation.body or operation.query):
            return anything
        known: SearchStrategy[AnyCase] = operation.as_strategy(
            generation_mode=mode, headers=token, path_parameters=there
        )
        return anything | known

    def meet(self, case: AnyCase) -> None:
        """Send a case, and look at the answer."""
        answer = case.call(base_url=self.app.address, session=self.session)
        refused = answer.status_code == 413  # what is too long is refused as such, which Schemathesis does not expect
        case.validate_response(answer, checks=CHECKED[:-1] if refused else CHECKED)


@pytest.fixture
def fuzzed(app: Serving) -> Iterator[Fuzzed]:
    """An open practice with something of each kind in it."""
    program = Program(app)
    program.ask("POST", "/api/unlock", {"passphrase": PASSPHRASE})
    moment = {"answers": {"harm": "stings"}, "person": "Sam", "did": "gentle_now"}
    kept = program.ask("PUT", f"/api/moments/{uuid4().hex}", moment).body
    follow_up = program.ask("POST", "/api/follow-ups", {"person": kept["person"], "due_on": "2027-01-05"}).body
    known = {"moments": kept["uid"], "people": kept["person"], "follow-ups": follow_up["uid"], "books": "among_friends"}
    with requests.Session() as session:
        yield Fuzzed(app, session, known)


def meeting(label: str, mode: GenerationMode, count: int) -> Callable[[Fuzzed], None]:
    """A test of one call: so many cases, that fit the description or that do not."""

    def met(fuzzed: Fuzzed) -> None:
        @settings(
            max_examples=count,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(case=fuzzed.cases(label, mode))
        def every(case: AnyCase) -> None:
            if not label.endswith(("/lock", "/unlock", "/state")):
                reopened(fuzzed.app)
            fuzzed.meet(case)

        every()

    return met


def reopened(app: Serving) -> None:
    """Unlock, where it is locked."""
    if not app.rooms.door.open:
        app.rooms.door.unlock(PASSPHRASE)


def negatable(label: str) -> bool:
    """Whether a call takes anything that could be wrong."""
    operation = OPERATIONS[label]
    return bool(operation.body or operation.query or operation.path_parameters)


def test_every_call_answers_whatever_it_is_given(fuzzed: Fuzzed) -> None:
    for label in OPERATIONS:
        meeting(label, GenerationMode.POSITIVE, FEW)(fuzzed)
        if negatable(label):
            meeting(label, GenerationMode.NEGATIVE, FEW)(fuzzed)


@pytest.mark.long
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", OPERATIONS)
def test_one_call_answers_whatever_it_is_given(fuzzed: Fuzzed, label: str, mode: GenerationMode) -> None:
    if mode == GenerationMode.NEGATIVE and not negatable(label):
        pytest.skip("it takes nothing that could be wrong")
    meeting(label, mode, MANY)(fuzzed)


@pytest.mark.long
@pytest.mark.parametrize("label", OPERATIONS)
def test_one_call_answers_while_locked(fuzzed: Fuzzed, label: str) -> None:
    @settings(max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=fuzzed.cases(label, GenerationMode.POSITIVE))
    def every(case: AnyCase) -> None:
        fuzzed.app.rooms.lock()
        fuzzed.meet(case)

    every()
