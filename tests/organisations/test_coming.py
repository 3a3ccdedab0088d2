"""Terms that begin later: shown from the day they are recorded, bounded, and taken back by those who may appoint."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.kinds.actions import load_kinds
from linli.ground.organisations import actions, queries
from linli.ground.organisations.models import Body, Holding, Post, Why
from tests.organisations import town as stage
from tests.organisations.town import text

TODAY = date(2026, 11, 23)
LATER = date(2027, 1, 10)


@pytest.fixture
def committee(town: stage.Town) -> Body:
    return stage.body("residents_committee", town.east)


@pytest.fixture
def chair(committee: Body) -> Post:
    return committee.posts.get(code="chair")


def refused(code: str, change: Any, *args: Any, **given: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        change(*args, **given)
    assert getattr(caught.value, "code", "") == code


def test_who_takes_a_post_later_stands_on_the_sheet_and_holds_nothing_yet(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east), LATER)
    sheet = queries.sheet_of(chair.body, TODAY).posts[0]
    assert (list(sheet.holders), list(sheet.coming), sheet.free) == ([], [holding], 1)
    begun = queries.sheet_of(chair.body, LATER).posts[0]
    assert (list(begun.holders), list(begun.coming), begun.free) == ([holding], [], 0)


def test_an_appointment_is_recorded_half_a_year_ahead_at_most(town: stage.Town, chair: Post) -> None:
    person = stage.resident(town.east)
    with pytest.raises(ValidationError, match=r"at most 180 days ahead.*22 May 2027"):
        stage.appointed(chair, person, date(2027, 5, 23))
    assert stage.appointed(chair, person, date(2027, 5, 22)).begins_on == date(2027, 5, 22)


def test_a_withdrawn_appointment_stays_on_record_and_counts_nowhere(town: stage.Town, chair: Post) -> None:
    person = stage.resident(town.east, "李梅兰")
    holding = stage.appointed(chair, person, LATER)
    refused("reason", holding.withdraw, reason="", by=SYSTEM)
    holding.withdraw(reason="日期写错", by=SYSTEM)
    event = Event.objects.get(verb="organisations.holding.withdraw")
    assert event.data == {"withdrawn_on": [None, "2026-11-23"], "reason": None}
    refused("withdrawn", holding.withdraw, reason="again", by=SYSTEM)
    refused("withdrawn", holding.end, on=LATER, why=Why.RESIGNED, by=SYSTEM)
    assert (list(Holding.objects.all()), list(Holding.recorded.all())) == ([], [holding])
    sheet = queries.sheet_of(chair.body, TODAY)
    assert [(list(one.holders), list(one.coming)) for one in sheet.posts] == [([], [])] * 3
    assert [(past.who, str(past.done)) for past in sheet.history][1:] == [
        ("李某某", "appointment recorded"),
        ("李某某", "appointment withdrawn"),
    ]
    with clock.stopped_at(datetime(2027, 6, 1, tzinfo=UTC)):
        again = stage.appointed(chair, person, LATER)
        assert list(queries.sheet_of(chair.body, clock.today()).posts[0].holders) == [again]
    assert chair.body.founded_on < LATER


def test_a_term_that_has_begun_is_ended_and_not_withdrawn(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east), TODAY)
    refused("begun", holding.withdraw, reason="x", by=SYSTEM)
    with pytest.raises(IntegrityError, match="holding_withdrawn_before_it_began"), transaction.atomic():
        Holding.objects.filter(pk=holding.pk).update(withdrawn_on=TODAY, reason="x")


def test_a_body_may_begin_after_a_day_on_which_a_withdrawn_term_would_have_begun(town: stage.Town) -> None:
    association = stage.body("association", town.east, name="合唱团")
    holding = stage.appointed(association.posts.get(head=True), stage.resident(town.east), LATER)
    refused("order", association.correct, founded_on=date(2027, 2, 1), by=SYSTEM)
    holding.withdraw(reason="另选", by=SYSTEM)
    association.correct(founded_on=date(2027, 2, 1), by=SYSTEM)
    assert association.founded_on == date(2027, 2, 1)


def test_a_body_in_which_somebody_takes_up_a_post_later_is_not_dissolved(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east), LATER)
    refused("holders", actions.dissolve, body=chair.body, on=TODAY, by=SYSTEM)
    holding.withdraw(reason="不再换届", by=SYSTEM)
    actions.dissolve(body=chair.body, on=TODAY, by=SYSTEM)


def test_an_officer_sees_who_comes_and_withdraws_the_appointment(
    town: stage.Town, officer: Client, chair: Post
) -> None:
    typed = {"q": "王秀兰", "person": stage.resident(town.east).pk, "how": "elected", "begins_on": "2035-01-01"}
    far = officer.post(f"/organisations/posts/{chair.pk}/appoint/", typed)
    assert (far.status_code, "at most 180 days ahead" in text(far), 'value="2035-01-01"' in text(far)) == (
        422,
        True,
        True,
    )
    officer.post(f"/organisations/posts/{chair.pk}/appoint/", typed | {"begins_on": "2027-01-10"})
    holding = Holding.objects.get(post=chair)
    address = f"/organisations/holdings/{holding.pk}/withdraw/"
    page = text(officer.get(chair.body.get_absolute_url()))
    assert ("from 10 Jan 2027" in page, address in page) == (True, True)
    assert "王某某" in text(officer.get(address))
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "日期写错"})["Location"] == chair.body.get_absolute_url()
    assert (officer.get(address).status_code, address in text(officer.get(chair.body.get_absolute_url()))) == (
        404,
        False,
    )


@pytest.mark.usefixtures("own_city")
@pytest.mark.parametrize("verb", ["end", "withdraw"])
def test_two_officers_at_once_record_one_end_and_one_withdrawal(verb: str) -> None:
    load_kinds(by=SYSTEM)
    town, start = stage.build(), Barrier(2)
    post = stage.body("residents_committee", town.east).posts.get(code="chair")
    holding = stage.appointed(post, stage.resident(town.east), TODAY if verb == "end" else LATER)
    given: dict[str, Any] = {"reason": "日期写错"} if verb == "withdraw" else {"on": TODAY, "why": Why.DIED}

    def together(_officer: int) -> str:
        own = Holding.objects.get(pk=holding.pk)
        with clock.stopped_at(datetime(2026, 11, 23, 2, tzinfo=UTC)):
            try:
                start.wait()
                getattr(own, verb)(**given, by=SYSTEM)
            except ValidationError as error:
                return str(error.code)
            else:
                return ""
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(together, range(2)))
    assert told == ["", "ended" if verb == "end" else "withdrawn"]
    assert Event.objects.filter(verb=f"organisations.holding.{verb}").count() == 1
