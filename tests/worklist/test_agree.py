"""List, detail, count, search, export, queue and attachments agree on who may see what, over random posts and places."""

from dataclasses import dataclass

import pytest
from cases.conftest import Town
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.files.models import File, Media
from linli.flows.cases.models import Case, CaseQuerySet
from linli.flows.cases.rules import inside
from linli.flows.dispatch import actions as dispatch
from linli.flows.search.queries import found
from linli.flows.worklist.queries import Filter, chosen, listed
from linli.flows.worklist.queries.listing import page_for
from linli.flows.worklist.queries.picked import all_of
from linli.flows.worklist.queries.queue import Heap, heap_of
from linli.flows.worklist.queries.rows import rows_of
from linli.ground.authority.actors import Actor, Person, PostHeld
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.registry import ref

AREAS = ("", "15", "1503", "150302", "150302006", "150302006001", "150302006002", "150302007", "150302007001", "1504")


@dataclass(frozen=True)
class World:
    """Cases all over the sub-district, one helped with by a body elsewhere, each with an attachment."""

    cases: list[Case]
    bodies: list[int]
    files: dict[str, int]


@pytest.fixture
def world(town: Town) -> World:
    places = [town.east, town.west, town.places["150302006"], town.places["150302007001"], town.east]
    cases = [town.receive(place=place) for place in places]
    elsewhere = town.bodies["workstation", "150302007001"]
    dispatch.ask_help(cases[0], body=elsewhere, wanted="协调", by=town.actor("worker"))
    dispatch.send_back(cases[4], text="不属于社区职责。", by=town.actor("worker"))
    files = {ref(case): _attached(case) for case in cases}
    return World([Case.objects.get(pk=one.pk) for one in cases], [one.pk for one in town.bodies.values()], files)


def _attached(case: Case) -> int:
    facts = {"name": "路灯.pdf", "media": Media.PDF, "size": 1, "sha256": "0" * 64, "uploaded_at": clock.now()}
    return File.objects.create(about=ref(case), stored_as=f"aa/bb/{case.reference}.pdf", **facts).pk


def _walked(actor: Actor) -> list[Case]:
    """Return what the pages of a list show, one after the other."""
    found, page = list[Case](), page_for(actor, Filter(), CaseQuerySet.all, size=2)
    while page.next:
        found += page.items
        page = page_for(actor, Filter(), CaseQuerySet.all, size=2, token=page.next)
    found += page.items
    assert found == sorted(found, key=lambda one: (one.received_at, one.pk), reverse=True)
    return found


def naively(actor: Actor, case: Case) -> bool:
    """Say whether the actor may see a case, one by one."""
    return inside(actor, case) or bool(actor.contact and case.reporter.contact == actor.contact)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(role=st.sampled_from(RoleCode), area=st.sampled_from(AREAS), seat=st.integers(0, 4), is_theirs=st.booleans())
def test_every_way_shows_the_same_cases(
    town: Town, world: World, *, role: RoleCode, area: str, seat: int, is_theirs: bool
) -> None:
    post = PostHeld("organisations.holding:0", role, world.bodies[seat], area, "")
    actor = Person(ref="people.account:0", post=post, contact=town.resident.contact if is_theirs else "")
    may = {case.pk for case in world.cases if naively(actor, case)}
    ways = {
        "list": {case.pk for case in listed(actor, Filter()).page.items},
        "pages": {case.pk for case in _walked(actor)},
        "count": listed(actor, Filter()).count.number,
        "detail": {
            case.pk for case in world.cases if Case.objects.visible_to(actor).filter(reference=case.reference).exists()
        },
        "search": {case.pk for case in found(Case.objects.visible_to(actor), "路灯")},
        "filter": {case.pk for case in chosen(actor, Filter(q="路灯", place="15"))},
        "step": {one.case.pk for one in all_of(actor, "note", Filter(), 200)},
        "attachment": {key for key in world.files.values() if File.objects.visible_to(actor).filter(pk=key).exists()},
        "export": {row[0] for row in rows_of(actor, Filter())},
    }
    wanted = {
        **dict.fromkeys(("list", "pages", "detail", "search", "filter", "step"), may),
        "count": len(may),
        "attachment": {world.files[ref(case)] for case in world.cases if case.pk in may},
        "export": {case.reference for case in world.cases if case.pk in may},
    }
    assert ways == wanted
    dispatches = actor.area(Power.DISPATCH_CASES) is not None
    queued = {case.pk for heap in Heap for case in heap_of(actor, heap)}
    assert queued <= may
    assert dispatches or queued == set()


def test_a_program_lists_what_the_page_lists(town: Town, world: World) -> None:
    officer = town.client("officer")
    for query in (
        "",
        "q=路灯",
        "status=open",
        "place=150302006001",
        "returned=true",
        "due=today",
        "since=2026-09-14&until=2026-09-14",
    ):
        page = officer.get(f"/cases/?{query}".replace("true", "1")).context["found"].page.items
        told = officer.get(f"/api/cases/?{query}").json()["items"]
        assert [one["reference"] for one in told] == [case.reference for case in page]


def test_a_program_is_told_what_cannot_be_asked(town: Town) -> None:
    worker = town.client("worker")
    wrong = ("status=x", "due=later", "place=15x", "since=2026-13-01", "until=1999-01-01", f"q={'长' * 61}", "part=x")
    assert {query: worker.get(f"/api/cases/?{query}").status_code for query in wrong} == dict.fromkeys(wrong, 422)


def test_a_resident_lists_their_own_over_the_api(town: Town, world: World) -> None:
    assert chosen(town.resident, Filter(q="路灯")).count() == len(world.cases)
    assert chosen(town.stranger, Filter()).count() == 0
