"""Who may draw, rename and end grids."""

import pytest

from linli.ground.authority.actors import SYSTEM, VISITOR, Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.places.models import City, Place
from linli.ground.places.rules import may_draw_grid, may_end, may_rename


def test_keepers_draw_grids_in_communities_of_their_place(wuhai: City, hudong: Place, keeper: Person) -> None:
    assert may_draw_grid(keeper, hudong)
    assert not may_draw_grid(keeper, wuhai.place)
    assert not may_rename(keeper, hudong)
    assert not may_end(keeper, hudong)


def test_keepers_change_living_grids(hudong: Place, keeper: Person) -> None:
    grid = hudong.draw_grid(name="一网格", by=keeper)
    assert (may_rename(keeper, grid), may_end(keeper, grid), may_draw_grid(keeper, grid)) == (True, True, False)
    grid.end(by=keeper)
    assert (may_rename(keeper, grid), may_end(keeper, grid)) == (False, False)


def _elsewhere() -> Person:
    return Person(
        ref="people.account:3",
        post=PostHeld("organisations.post:3", RoleCode.ADMINISTRATOR, 3, "1504", "外市 · 管理员"),
    )


@pytest.mark.parametrize("who", ["visitor", "worker", "elsewhere"])
def test_nobody_else_does(hudong: Place, worker: Person, who: str) -> None:
    actor: Actor = {"visitor": VISITOR, "worker": worker, "elsewhere": _elsewhere()}[who]
    grid = hudong.draw_grid(name="一网格", by=SYSTEM)
    assert (may_draw_grid(actor, hudong), may_rename(actor, grid), may_end(actor, grid)) == (False, False, False)
