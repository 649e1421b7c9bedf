"""What was published of this model comes out here, row by row."""

import numpy as np
import pytest

from . import published

SETS, DRAWS = 40, 60
places = pytest.mark.parametrize("where", published.PRESENT)


def check_costs(where: str, sets: int) -> None:
    for found, row in zip(published.costs(where, sets), [r for r in published.COSTS if r.where == where], strict=True):
        assert np.abs(np.subtract(found.mean, row.mean)).max() < published.COST_TOLERANCE, (found, row)
        for response, tenth in row.tenth.items():
            assert abs(found.tenth[response] - tenth) < published.TENTH_TOLERANCE, (response, found, row)


def check_regions(where: str, draws: int) -> None:
    rows = [row for row in published.REGIONS if row.where == where]
    for found, row in zip(published.regions(where, published.worlds(where, draws, wide=True)), rows, strict=True):
        assert sum(found[2:]) == pytest.approx(100)
        assert np.abs(np.subtract(found[2:], row[2:])).max() < published.REGION_TOLERANCE, (found, row)


@places
def test_what_each_response_costs(where: str) -> None:
    check_costs(where, SETS)


@places
def test_what_leads_over_all_that_can_be_thought_of(where: str) -> None:
    check_regions(where, DRAWS)


@pytest.mark.long
@places
def test_the_same_with_as_many_draws_as_were_published(where: str) -> None:
    check_costs(where, 400)
    check_regions(where, 600)


@places
def test_which_errors_are_dear_and_which_are_not(where: str) -> None:
    thin, solid = published.costs(where, 20)
    if where == "one to one":
        assert min(thin.call_out, solid.call_out) > 2 * max(
            *thin.mean[:4], *solid.mean[:4]
        )  # blunt, while nobody is there
    else:
        assert min(thin.let_go, solid.let_go) > 0.6  # silence, in front of those it hits
        assert max(thin.gentle, solid.gentle) < 0.1


@pytest.mark.parametrize("row", published.CELLS, ids=[row.what for row in published.CELLS])
def test_how_often_waiting_leads(row: published.Cells) -> None:
    assert abs(published.cells(row.assumptions) - row.published) <= published.CELL_TOLERANCE


@pytest.mark.parametrize("row", published.LOSSES, ids=[row.what for row in published.LOSSES])
def test_what_fixed_responses_lose(row: published.Losses) -> None:
    assert np.abs(np.subtract(published.losses(row).lost, row.lost)).max() < published.LOSS_TOLERANCE
