"""Two roles side by side: one kept moment weighed twice. Ties are ties, and nothing says which is right."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...practice import two_roles
from ..page import page, rooms, say_of
from .afterwards import row_of


def routes() -> list[Route]:
    """The path of this page."""
    return [Route("/two-roles/{moment}", beside)]


def beside(request: Request) -> Response:
    """Two ways to look at one moment, once two are chosen. Raises NotThere."""
    asked, say = [request.query_params.get(name, "") for name in ("one", "two")], say_of(request)
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        ways = two_roles.ways(practice, moment, say)
        chosen = [way for way in (two_roles.chosen(ways, each) for each in asked) if way]
        sides = [two_roles.side(practice, moment, way, say) for way in chosen] if len(chosen) == 2 else []
        row = row_of(practice, moment, practice.nicknames())
    return page(
        request,
        "two_roles/beside.html",
        row=row,
        ways=ways,
        as_it_was=moment.answers.get(two_roles.ROLE, ""),
        asked=asked,
        sides=sides,
        differing=two_roles.differing(*sides) if sides else None,
        same=two_roles.same_lead(*sides) if sides else None,
    )
