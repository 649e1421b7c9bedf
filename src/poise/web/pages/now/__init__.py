"""Right now: a breath, a few questions, which way it leans, what will you do. It works while locked."""

from starlette.routing import Route

from . import asking, danger, keeping, leaning, with_whom

__all__ = ["routes"]


def routes() -> list[Route]:
    """The paths of this page."""
    return [each for part in (asking, leaning, with_whom, keeping, danger) for each in part.routes()]
