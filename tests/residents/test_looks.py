"""Everybody sees who looked at their full data, as far as they may know who that is."""

from people.town import Town, enter, post

from linli.ground.authority.actors import VISITOR
from linli.ground.authority.roles import RoleCode
from linli.ground.people import actions as people
from linli.ground.residents import queries


def test_a_look_is_told_by_post_never_by_name(town: Town) -> None:
    person = enter(town.east, phone="13900000001")
    worker = post(RoleCode.WORKER, town.east.path)
    chair = post(RoleCode.CHAIR, town.east.path, account="people.account:901")
    for by, matter in ((worker, "cases.case:1"), (worker, "cases.case:2"), (chair, "cases.case:1")):
        people.unmask(person, matter=matter, by=by)
    looks = queries.looks_at(person, VISITOR)
    assert [(look.who, look.matter, look.url) for look in looks] == [("a member of staff", "", "")] * 3
    assert [look.who for look in queries.looks_at(person, worker)] == ["a member of staff", "yourself", "yourself"]
