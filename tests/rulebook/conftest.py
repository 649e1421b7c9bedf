"""Both ways to read the text of a book: PyYAML's C parser, and its pure twin."""

import pytest
import yaml

from poise.rulebook.reading import composing


@pytest.fixture(params=["c", "pure"])
def composer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which of the two reads in this test."""
    return choose_composer(request, monkeypatch)


def choose_composer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let one of the two read: `c` or `pure`, as the fixture's parameter says."""
    kind: str = request.param
    if kind == "c" and not hasattr(yaml, "CBaseLoader"):
        pytest.skip("this PyYAML was built without its C parser")
    monkeypatch.setattr(composing, "_Loader", yaml.CBaseLoader if kind == "c" else yaml.BaseLoader)
    return kind
