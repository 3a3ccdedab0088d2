"""Programs ask who they are and read the register, masked, within the place of their post."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from ninja.errors import HttpError
from people.town import Town, enter, post

from linli.ground.authority.actors import VISITOR, Actor, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.people.api import me
from linli.ground.residents.api import list_residents


def asked_by(actor: Actor) -> Any:
    request = RequestFactory().get("/")
    request.actor = actor
    return request


def test_a_token_reads_the_register_of_its_post_masked(town: Town) -> None:
    person = enter(town.east, "王秀兰", phone="13900000001")
    enter(town.west, "赵刚")
    found = list_residents(asked_by(post(RoleCode.WORKER, town.east.path)))
    assert [(one.id, one.name, one.phone, one.place) for one in found.items] == [
        (person.pk, "王某某", "139****0001", town.east.path)
    ]
    assert (found.next, list_residents(asked_by(post(RoleCode.WORKER, town.east.path)), q="赵刚").items) == (None, [])


def test_others_read_nothing(town: Town) -> None:
    for actor in (VISITOR, post(RoleCode.SUBDISTRICT, town.town.path)):
        with pytest.raises(PermissionDenied):
            list_residents(asked_by(actor))
    with pytest.raises(HttpError):
        list_residents(asked_by(post(RoleCode.WORKER, town.east.path)), page="forged")


def test_everybody_may_ask_who_they_are(town: Town) -> None:
    said = me(asked_by(post(RoleCode.WORKER, town.east.path, person=7)))
    assert (said.account, said.person, said.role, said.place) == ("people.account:900", 7, "worker", town.east.path)
    visitor = me(asked_by(Person(contact="x")))
    assert (visitor.account, visitor.post, visitor.role, visitor.place) == ("", "", "", "")
    with pytest.raises(PermissionDenied):
        me(asked_by(VISITOR))
