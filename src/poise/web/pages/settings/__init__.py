"""Settings: how it looks, what it asks, its copies, its keys, taking one's words elsewhere, the phone."""

from starlette.routing import Route

from . import choices, copies, keys, moving, phone


def routes() -> list[Route]:
    """The paths of these pages."""
    return [*choices.routes(), *copies.routes(), *keys.routes(), *moving.routes(), *phone.routes()]
