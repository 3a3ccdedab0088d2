"""What a place lacks is set up at once: a city's offices and departments, a community's bodies, everything below a sub-district."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.kinds.models import BodyKind
from linli.ground.kinds.queries import DEPARTMENTS, departments
from linli.ground.organisations import actions, queries
from linli.ground.organisations.models import Body
from linli.ground.places.models import Place
from tests.factories.people import in_post

from . import town as stage

TODAY = date(2026, 11, 23)


def made(*places: Place) -> list[Body]:
    return actions.set_up_missing(places=places, founded_on=TODAY, by=SYSTEM)


def test_twenty_two_departments_of_2006_have_a_successor() -> None:
    rows = departments()
    assert DEPARTMENTS.exists()
    assert sum(bool(row["name_2006"]) for row in rows) == 22
    codes = {row["code"] for row in rows}
    assert {row["into"] for row in rows if "into" in row} <= codes


def test_a_city_stands_with_its_reviewing_office_and_departments_under_their_official_names(town: stage.Town) -> None:
    bodies = made(town.city)
    assert [body.kind.code for body in bodies[:2]] == ["city_government", "department"]
    assert {body.parent for body in bodies[1:]} == {bodies[0]}
    assert [(body.name, body.short_name) for body in bodies] == [
        ("乌海市人民政府", "乌海市人民政府"),
        ("乌海市教育体育局", "教育体育局"),
        ("乌海市科学技术局", "科学技术局"),
        ("乌海市公安局", "公安局"),
        ("乌海市司法局", "司法局"),
        ("乌海市人力资源和社会保障局", "人力资源和社会保障局"),
        ("乌海市住房和城乡建设局", "住房和城乡建设局"),
        ("乌海市文化和旅游局", "文化和旅游局"),
        ("乌海市卫生健康委员会", "卫生健康委员会"),
        ("乌海市生态环境局", "生态环境局"),
        ("乌海市发展和改革委员会", "发展和改革委员会"),
        ("乌海市财政局", "财政局"),
        ("乌海市商务局", "商务局"),
        ("中国人民银行乌海市分行", "中国人民银行"),
        ("国家税务总局乌海市税务局", "税务局"),
        ("乌海市市场监督管理局", "市场监督管理局"),
        ("乌海市总工会", "总工会"),
        ("共青团乌海市委员会", "共青团"),
        ("乌海市妇女联合会", "妇女联合会"),
        ("乌海市残疾人联合会", "残疾人联合会"),
        ("乌海市慈善总会", "慈善总会"),
        ("乌海市民政局", "民政局"),
        ("中共乌海市委社会工作部", "社会工作部"),
        ("乌海市医疗保障局", "医疗保障局"),
        ("乌海市退役军人事务局", "退役军人事务局"),
        ("乌海市应急管理局", "应急管理局"),
        ("乌海市数据局", "数据局"),
        ("乌海市城市管理综合执法局", "城市管理综合执法局"),
        ("乌海市社区工作准入联席会议办公室", "乌海市社区工作准入联席会议办公室"),
    ]
    assert made(town.city) == []


def test_a_district_has_departments_under_its_own_name_but_no_branch_of_the_bank(town: stage.Town) -> None:
    department = BodyKind.objects.get(code="department")
    offered = {one.slot: one.name for one in queries.departments_missing(town.district, department)}
    assert (offered["tax"], offered["social_work"], offered["justice"]) == (
        *("国家税务总局乌海市海勃湾区税务局", "中共海勃湾区委社会工作部", "海勃湾区司法局"),
    )
    assert "bank" not in offered


def test_a_department_stands_once_and_those_not_there_yet_are_offered(town: stage.Town) -> None:
    department = BodyKind.objects.get(code="department")
    police = {"kind": department, "place": town.city, "founded_on": TODAY, "slot": "public_security"}
    body = actions.set_up(**police, name="乌海市公安局", by=SYSTEM)
    assert body.slot == "public_security"
    with pytest.raises(ValidationError, match="such a body already"):
        actions.set_up(**police, by=SYSTEM)
    offered = [one.slot for one in queries.departments_missing(town.city, department)]
    assert (len(offered), "public_security" in offered) == (26, False)
    assert len(made(town.city)) == 28


def test_a_community_gets_all_that_it_lacks_in_the_right_order(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    station = stage.body("workstation", town.east)
    bodies = {body.kind.code: body for body in made(town.east)}
    assert set(bodies) == {
        *("party_branch", "party_joint_conference", "residents_meeting", "representatives_meeting"),
        *("residents_committee", "supervision_committee", "deliberation_council", "stationed_post"),
        *("subcommittee_mediation", "subcommittee_security", "subcommittee_health"),
        *("subcommittee_environment_property", "subcommittee_elderly_women_children"),
    }
    assert bodies["party_branch"].parent == office
    assert bodies["residents_committee"].parent == bodies["party_branch"]
    assert bodies["supervision_committee"].parent == bodies["representatives_meeting"]
    assert bodies["stationed_post"].parent == station
    assert Event.objects.filter(verb="organisations.body.set_up").count() == 15
    assert made(town.east) == []


def test_everything_below_a_city_is_set_up_with_the_offices_of_its_divisions(town: stage.Town) -> None:
    below = list(Place.objects.current().under("1503").order_by("path"))
    made(*below)
    standing = Body.objects.current().filter(kind__group="government").exclude(kind__code="department")
    assert {(body.kind.code, body.place.short_name) for body in standing} == {
        ("city_government", "乌海市"),
        ("reviewing_office", "乌海市"),
        ("district_government", "海勃湾区"),
        ("subdistrict_office", "滨河街道"),
        ("town_government", "千里山镇"),  # a park may have either office or none
    }
    assert not Body.objects.filter(place=town.park).exists()
    alone = Body.objects.filter(parent=None).values_list("kind__code", flat=True)
    assert list(alone) == ["city_government"]
    assert set(
        Body.objects.filter(place=town.village, kind__group="committee").values_list("kind__code", flat=True)
    ) == {"villagers_committee"}


def test_a_chair_lacks_only_what_a_chair_may_set_up(town: stage.Town) -> None:
    chair = in_post(RoleCode.CHAIR, town.east.path)
    assert {one.kind.group for one in queries.missing_in([town.east], chair)} == {
        *("subcommittee", "deliberation", "workstation", "stationed"),
    }
    assert queries.missing_in([town.west], chair) == []


def test_a_whole_street_is_looked_through_in_as_many_queries_as_one_community(town: stage.Town) -> None:
    asked = []
    for places in ([town.east], [town.east, town.west, town.village, town.office]):
        with CaptureQueriesContext(connection) as queried:
            queries.missing_in(places, SYSTEM)
        asked.append(len(queried))
    assert asked == [2, 2]
