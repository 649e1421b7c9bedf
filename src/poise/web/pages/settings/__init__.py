"""Settings: how it looks, what it asks, its copies, its keys, and taking one's words elsewhere."""

from starlette.routing import Route

from . import choices, copies, keys, moving


def routes() -> list[Route]:
    """The paths of these pages."""
    return [*choices.routes(), *copies.routes(), *keys.routes(), *moving.routes()]
