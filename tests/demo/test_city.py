"""The demo city: Wuhai's real places, invented people, a year of cases through actions; one click to enter as anybody."""

import ctypes
import os
import random
import signal
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import Client
from django.utils.timezone import localtime

from linli.commons.calendar.queries import is_open_at
from linli.commons.deadlines.models import Todo
from linli.commons.guides.models import Item
from linli.commons.routing.models import Urgency
from linli.faces.demo import queries
from linli.faces.demo.actions import make_city
from linli.faces.demo.actions.bodies import LAST_ELECTION
from linli.faces.demo.actions.cases import Plan, let_some_wait
from linli.faces.demo.actions.cast import CAST, HOME
from linli.faces.demo.actions.parts import _end_with, towns_of
from linli.faces.demo.actions.year import Year
from linli.flows.cases.models import CallBack, Case, Channel, Reporter, Status
from linli.flows.cases.queries import OWED
from linli.flows.opinions.models import Opinion
from linli.flows.services.models import Application, ApplicationStatus
from linli.flows.services.queries import GIVE_OPINION
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock, feed
from linli.ground.core.models import Event, Follower, Pending
from linli.ground.figures import queries as figures
from linli.ground.figures.models import DeclaredFigure, Measure
from linli.ground.kinds.models import BodyKind, Group
from linli.ground.organisations.models import Body, Holding, How
from linli.ground.organisations.queries import body_of
from linli.ground.people.models import Household
from linli.ground.people.queries import contact_of
from linli.ground.places.actions import AnotherCity, open_city
from linli.ground.places.divisions import Kind, Level
from linli.ground.places.models import City, Place

ROLES = [part.role for part in CAST]
FIRST_PHONE = 13904730001
TIMES = 3  # that each resident of the cast brings something
GOVERNMENT = ("city_government", "reviewing_office", "district_government")
WUHAI = "1503"


def test_the_places_are_those_of_wuhai(wuhai: list[str]) -> None:
    assert (wuhai[0], wuhai.count("places")) == ("places", 1)  # what was done before a power failure is not done again
    places = Place.objects.current().under(WUHAI)
    found = Counter(places.values_list("level", flat=True))
    assert (found[Level.COUNTY], found[Level.TOWN], found[Level.COMMUNITY]) == (3, 22, 87)
    assert places.filter(level=Level.COMMUNITY, kind__in=[Kind.JUWEIHUI, Kind.CUNWEIHUI]).count() == 83
    assert places.filter(level=Level.GRID).count() == 4
    assert City.objects.get().is_demo


@pytest.mark.usefixtures("wuhai")
def test_every_real_community_has_its_bodies_and_some_have_gaps() -> None:
    real = Place.objects.current().under(WUHAI).filter(level=Level.COMMUNITY, kind__in=[Kind.JUWEIHUI, Kind.CUNWEIHUI])
    committees = Body.objects.current().filter(kind__code__in=["residents_committee", "villagers_committee"])
    assert set(committees.values_list("place", flat=True)) == set(real.values_list("pk", flat=True))
    supervised = Body.objects.current().filter(kind__code="supervision_committee").count()
    assert 60 < supervised < 83
    vacant = Body.objects.current().filter(kind__code="subcommittee_mediation", posts__holdings__isnull=True)
    assert 0 < vacant.count() < supervised
    expired = committees.exclude(posts__holdings__ends_on__gte=clock.today())
    assert 0 < expired.count() < committees.count()
    above = Counter(Body.objects.current().filter(kind__code__in=GOVERNMENT).values_list("kind__code", flat=True))
    assert above == {"city_government": 1, "reviewing_office": 1, "district_government": 3}
    assert Body.objects.filter(kind__code__in=["subdistrict_office", "town_government"]).count() == 22


@pytest.mark.usefixtures("wuhai")
def test_every_body_has_one_event() -> None:
    subjects = Event.objects.filter(verb="organisations.body.set_up").values_list("subject", flat=True)
    assert sorted(subjects) == sorted(f"organisations.body:{key}" for key in Body.objects.values_list("pk", flat=True))
    assert BodyKind.objects.exists()


@pytest.mark.usefixtures("wuhai")
def test_people_live_in_households_and_most_communities_have_declared_how_many() -> None:
    communities = Place.objects.current().under(WUHAI).filter(level=Level.COMMUNITY)
    homes = Household.objects.values("place").annotate(n=Count("pk")).values_list("n", flat=True)
    assert len(homes) == communities.count() == 87
    assert all(20 <= number <= 60 for number in homes)
    declared = DeclaredFigure.objects.values_list("place", flat=True).distinct().count()
    assert 70 < declared < 87
    whole = figures.figures(WUHAI, clock.today())
    adults, households, voters = (whole[what].number or 0 for what in Measure)
    assert 0 < households < voters < adults


@pytest.mark.usefixtures("wuhai")
def test_a_year_of_cases_in_every_state() -> None:
    assert Case.objects.count() >= 300
    states = Counter(Case.objects.values_list("status", flat=True))
    assert set(states) == set(Status.values)
    assert Case.objects.filter(round__gt=1).exists()
    assert Todo.objects.counting().filter(due_at__lt=clock.now()).exists()
    assert set(Case.objects.values_list("channel", flat=True)) == {Channel.WEB, Channel.DESK}
    assert CallBack.objects.filter(solved="no").exists()
    months = Case.objects.dates("received_at", "month")
    assert len(months) >= 12
    assert Case.objects.filter(received_at__gt=clock.now()).count() == 0


@pytest.mark.usefixtures("wuhai")
def test_nobody_accepts_at_night_and_what_is_not_urgent_in_office_hours() -> None:
    accepted = Event.objects.filter(verb="cases.case.accept").values_list("at", "subject")
    assert {localtime(at).hour for at, _case in accepted} <= {*range(8, 22)}
    hasty = Case.objects.filter(category__urgency__in=[Urgency.CRITICAL, Urgency.URGENT])
    urgent = {f"cases.case:{key}" for key in hasty.values_list("pk", flat=True)}
    assert [at for at, case in accepted if case not in urgent and not is_open_at(at, WUHAI)] == []


@pytest.mark.usefixtures("wuhai")
def test_the_cast_handle_what_their_bodies_lead() -> None:
    station = body_of("workstation", next(one.path for one in Place.objects.all() if one.short_name == HOME))
    cases = [f"cases.case:{key}" for key in Case.objects.filter(lead=station).values_list("pk", flat=True)]
    acted = Event.objects.filter(verb__in=["cases.case.accept", "cases.case.answer"], subject__in=cases)
    worker = Holding.objects.get(person__accounts__username="demo-worker")
    assert set(acted.values_list("post", flat=True)) == {f"organisations.holding:{worker.pk}"}


@pytest.mark.usefixtures("wuhai")
@pytest.mark.parametrize("kind", ["resident_unit", "property_provider", "association"])
def test_units_providers_and_associations_lead_cases_and_work_on_them(kind: str) -> None:
    led = Case.objects.filter(lead__kind__code=kind, lead__place__name__startswith=HOME)
    assert {*led.values_list("status", flat=True)} >= {Status.CLOSED, Status.ACCEPTED}
    [body] = {one.lead for one in led.select_related("lead")}
    closed = [f"cases.case:{key}" for key in led.filter(status=Status.CLOSED).values_list("pk", flat=True)]
    own = {f"organisations.holding:{one.pk}" for one in Holding.objects.filter(post__body=body)}
    for verb in ("accept", "answer", "close"):
        acted = Event.objects.filter(verb=f"cases.case.{verb}", subject__in=closed)
        assert {*acted.values_list("post", flat=True)} <= own, verb
        assert acted.count() >= len(closed)
    late = Todo.objects.overdue().filter(body=body, verb=OWED[Status.ACCEPTED])
    assert late.exists() or kind == "association"


@pytest.mark.usefixtures("wuhai")
def test_some_case_waits_in_each_way_however_the_cards_fall() -> None:
    waits = {Status.RETURNED, Status.SUSPENDED}
    taken = Case.objects.filter(status__in=waits).values("place")
    place = Place.objects.communities().current().exclude(pk__in=taken)[0]
    year = Year(random.Random(7), place, [place], clock.now())
    with transaction.atomic():
        for _time in range(2):
            let_some_wait(year, [place])
            found = Case.objects.filter(place=place, status__in=waits).values_list("status", flat=True)
            assert sorted(found) == sorted(waits)
        transaction.set_rollback(True)


@pytest.mark.usefixtures("wuhai")
def test_every_part_of_the_city_lived_its_year_once() -> None:
    parts = Event.objects.get(verb="demo.city.set_up").data["parts"]
    lived = Event.objects.filter(verb="demo.year.lived").values_list("data__part", flat=True)
    assert sorted(lived) == list(range(parts))
    for part in CAST:
        if part.phone:
            assert Reporter.objects.filter(contact=contact_of(part.phone)).count() >= TIMES


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_town_lies_in_one_part_and_parts_are_alike(count: int) -> None:
    homes = [Place(path=f"{150302000 + town}{number:03}") for town in range(22) for number in range(1 + town % 7)]
    parts = towns_of(Plan(seed=1, now=clock.now(), home=homes[0], places=homes, residents=[], needs=0), count)
    assert sorted(town for part in parts for town in part) == sorted({one.path[:9] for one in homes})
    sizes = [sum(one.path[:9] in part for one in homes) for part in parts]
    assert max(sizes) - min(sizes) <= 7


@pytest.mark.usefixtures("wuhai")
def test_every_open_case_waits_for_exactly_one_act_of_its_lead() -> None:
    open_ones = {f"cases.case:{key}" for key in Case.objects.open().values_list("pk", flat=True)}
    waiting = Todo.objects.open().filter(verb__in=["cases.designate", *OWED.values()]).values("about")
    assert {row["about"]: row["n"] for row in waiting.annotate(n=Count("pk"))} == dict.fromkeys(open_ones, 1)


@pytest.mark.usefixtures("wuhai")
def test_the_sub_district_of_the_cast_has_matters_of_its_own_and_the_late_are_chased() -> None:
    home = next(one for one in Place.objects.current().under(WUHAI) if one.short_name == HOME)
    office = body_of("subdistrict_office", home.path)
    assert Todo.objects.open().filter(body=office, verb__in=["cases.accept", "cases.answer", "cases.close"]).exists()
    assert Todo.objects.open().filter(verb__endswith=".overdue").exists()


@pytest.mark.usefixtures("wuhai")
def test_phones_are_invented_numbers_of_one_range() -> None:
    phones = [int(one.phone) for one in Reporter.objects.exclude(contact="")]
    assert min(phones) == FIRST_PHONE
    assert max(phones) < FIRST_PHONE + 10_000
    assert Reporter.objects.filter(contact="").exists()


@pytest.mark.usefixtures("wuhai")
def test_the_log_is_sound_and_complete() -> None:
    assert feed.verify() is None
    assert not Pending.objects.exists()
    assert set(Follower.objects.values_list("name", flat=True)) >= set(feed.followers())


@pytest.mark.usefixtures("wuhai")
def test_the_cast_are_ten_and_staff_stand_in_their_posts() -> None:
    cast = queries.cast()
    assert [one.role for one in cast] == ROLES
    assert len(ROLES) == 10
    assert all(HOME.removesuffix("社区") in one.title or one.role != "worker" for one in cast)


@pytest.mark.usefixtures("wuhai")
def test_who_leads_a_committee_was_elected() -> None:
    heads = Holding.objects.filter(post__head=True, post__body__kind__group=Group.COMMITTEE)
    assert set(heads.values_list("how", flat=True)) == {How.ELECTED}
    (chair,) = heads.filter(person__accounts__username="demo-chair")
    assert (chair.begins_on < clock.today(), chair.ends_on) == (
        True,
        LAST_ELECTION.replace(year=2031) - timedelta(days=2),
    )


@pytest.mark.usefixtures("wuhai")
@pytest.mark.parametrize("role", ROLES)
def test_one_click_enters_as_each_of_the_cast(role: str) -> None:
    client = Client()
    answer = client.post(f"/demo/enter/{role}/")
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    member = queries.member(role)
    assert member is not None
    assert client.session["_auth_user_id"] == str(member.account.pk)


@pytest.mark.usefixtures("wuhai")
def test_who_enters_as_the_unit_finds_work_on_the_desk_and_in_the_list() -> None:
    client = Client()
    client.post("/demo/enter/unit/")
    desk, listed = client.get("/desk/").text, client.get("/cases/").text
    new = Case.objects.filter(lead__kind__code="resident_unit", status=Status.RECEIVED).latest("received_at")
    assert (new.title in desk, new.title in listed) == (True, True)
    led = Case.objects.filter(lead=Holding.objects.get(person__accounts__username="demo-unit").post.body)
    assert led.filter(route__name="供热问题由供热站牵头").exists()
    assert led.filter(status=Status.ACCEPTED, route=None).exists(), "the sub-district has given it one"


@pytest.mark.usefixtures("wuhai")
def test_there_is_nobody_else_to_enter_as() -> None:
    assert Client().post("/demo/enter/mayor/").status_code == 404
    assert Client().get("/demo/enter/worker/").status_code == 405
    assert Client().get("/demo/").status_code == 200


@pytest.mark.usefixtures("wuhai")
def test_making_it_again_changes_nothing() -> None:
    before, said = Event.objects.count(), list[str]()
    call_command("make_demo")
    make_city(said.append)
    assert (Event.objects.count(), said) == (before, [])


def test_who_lives_a_part_ends_with_whoever_began_it() -> None:
    _end_with(os.getppid())
    number = ctypes.c_int()
    ctypes.CDLL(None).prctl(2, ctypes.byref(number))  # PR_GET_PDEATHSIG
    assert number.value == signal.SIGKILL


@pytest.mark.usefixtures("wuhai")
def test_the_cast_is_listed_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("cast")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [[one.role, one.name, *one.title.split()] for one in queries.cast()]
    assert [len(line[:16].encode("ascii")) for line in lines] == [16] * len(ROLES)


@pytest.mark.usefixtures("wuhai")
def test_a_token_of_the_cast_opens_the_api_as_their_post(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("api_token", "worker")
    secret = capsys.readouterr().out.strip()
    answer = Client().get("/api/cases/?size=1", headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, len(answer.json()["items"])) == (200, 1)
    for role in ("mayor", "resident"):  # nobody, and somebody without a post
        with pytest.raises(CommandError, match=role):
            call_command("api_token", role)


@pytest.mark.usefixtures("own_city")
def test_a_real_city_has_no_demo_door_and_is_never_made_a_demo(capsys: pytest.CaptureFixture[str]) -> None:
    open_city(code=WUHAI, is_demo=False, by=SYSTEM)
    for role in ROLES:
        assert Client().post(f"/demo/enter/{role}/").status_code == 404
    assert Client().get("/demo/").status_code == 404
    for words in (("cast",), ("api_token", "worker")):
        with suppress(CommandError):
            call_command(*words)
    assert capsys.readouterr().out == ""
    with pytest.raises(AnotherCity):
        make_city(lambda _step: None)
    with pytest.raises(CommandError, match="乌海市"):
        call_command("make_demo")
    assert not Case.objects.exists()
    assert not City.objects.get().is_demo


@pytest.mark.usefixtures("wuhai")
def test_applications_stand_in_every_state_and_each_waits_for_at_most_one_act() -> None:
    applications = Application.objects.all()
    assert set(applications.values_list("status", flat=True)) == set(ApplicationStatus.values)
    assert applications.filter(is_deemed=True).exists()
    assert applications.filter(outcome=0).exclude(remedies="").exists()
    owed = Todo.objects.open().of_app("services").exclude(verb__endswith=".overdue")
    waiting = owed.exclude(verb=GIVE_OPINION)
    assert waiting.values("about").distinct().count() == waiting.count()
    assert Item.objects.current().count() == 35


@pytest.mark.usefixtures("wuhai")
def test_departments_have_their_say_on_joint_applications() -> None:
    said = Opinion.objects.all()
    assert {*said.values_list("agrees", flat=True)} == {True, False, None}
    silent = said.filter(given_at=None, due_at__lt=F("application__decided_at"))
    assert silent.filter(application__outcome=1).exists()
    assert said.exclude(agrees=None).filter(given_by="").count() == 0
    owed = Todo.objects.open().filter(verb=GIVE_OPINION)
    assert owed.count() == said.filter(given_at=None, application__status=ApplicationStatus.ACCEPTED).count() > 0
    housing = Body.objects.get(slot="housing", kind__code="department")
    assert owed.filter(body=housing).exists()
