"""Two entries of one person in the register who hold posts: authority follows only by the hand of who records the posts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from linli.ground.authority.actors import SYSTEM, PostHeld
from linli.ground.authority.actors import Person as Somebody
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.doubles import actions
from linli.ground.organisations import queries
from linli.ground.organisations.models import Holding, How, Why
from linli.ground.people.models import Person

from .town import ELECTED, TERM_ENDS, Town, body, resident


def seated(town: Town, code: str, person: Person, begins: date = ELECTED, ends: date = TERM_ENDS) -> Holding:
    committee = queries.body_of("residents_committee", town.east.path) or body("residents_committee", town.east)
    post = committee.posts.get(code=code)
    return Holding.objects.create(post=post, person=person, begins_on=begins, ends_on=ends, how=How.ELECTED)


def keeper(role: RoleCode, town: Town) -> Somebody:
    held = PostHeld("organisations.holding:1", role, 1, town.east.path, "")
    return Somebody(ref="people.account:900", post=held)


def merge(kept: Person, lost: Person, by: Somebody | None = None) -> None:
    actions.merge(kept, lost, picks={}, reason="身份证已核对", by=by or SYSTEM)


def test_the_posts_follow_the_person(town: Town) -> None:
    kept, lost = resident(town.east), resident(town.east)
    held = seated(town, "member", lost)
    merge(kept, lost)
    assert Holding.objects.get(pk=held.pk).person == kept


def test_only_who_records_the_posts_merges_a_holder(town: Town) -> None:
    holder, other = resident(town.east), resident(town.east)
    seated(town, "member", holder)
    worker, chair = keeper(RoleCode.WORKER, town), keeper(RoleCode.CHAIR, town)
    for kept, lost in ((holder, other), (other, holder)):
        with pytest.raises(ValidationError, match="Whoever records the holders of posts"):
            merge(kept, lost, worker)
    merge(other, holder, chair)


def test_one_post_held_twice_is_ended_first_and_stays_as_history(town: Town) -> None:
    kept, lost = resident(town.east), resident(town.east)
    seated(town, "member", kept)
    twice = seated(town, "member", lost)
    with pytest.raises(ValidationError, match="End one of the two holdings first"):
        merge(kept, lost)
    twice.end(on=clock.today(), why=Why.RESIGNED, by=SYSTEM)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        merge(kept, lost)
    assert Holding.objects.get(pk=twice.pk).person == lost


def test_terms_that_follow_each_other_are_no_double(town: Town) -> None:
    kept, lost = resident(town.east), resident(town.east)
    seated(town, "member", kept)
    before = seated(town, "member", lost, date(2021, 1, 10), ELECTED - timedelta(days=1))
    merge(kept, lost)
    assert Holding.objects.get(pk=before.pk).person == kept


def test_the_copy_of_ones_data_lists_the_posts(town: Town) -> None:
    person = resident(town.east)
    seated(town, "member", person)
    rows = queries.holdings.copy_for(person)
    assert [(row["first day"], row["how"]) for row in rows] == [(ELECTED.isoformat(), "elected")]
