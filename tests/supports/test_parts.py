"""A large matter has parts for several bodies: each is answered by its own, the whole when they are."""

import pytest
from cases.conftest import Town
from django.db import IntegrityError, transaction

from linli.flows.cases import actions as cases
from linli.flows.cases import queries as case_queries
from linli.flows.cases.models import Case, Status, Word
from linli.flows.supports import actions, queries
from linli.flows.supports.models import Part
from linli.ground.core.lifecycle import Refused

from .conftest import LIU, SUN, bring


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def answered(town: Town, case: Case) -> None:
    who = town.actor("worker" if case.lead.kind.code == "workstation" else "officer")
    cases.accept(case, by=who)
    cases.answer(case, text="已处理。", by=who)


def test_a_part_is_a_case_of_its_own_and_the_whole_waits_for_it(town: Town) -> None:
    whole, officer = bring(town).case, town.actor("officer")
    office = town.bodies["subdistrict_office", "150302006"]
    part = actions.divide(whole, body=office, text="更换电缆。", by=officer)
    assert (part.lead, part.status, part.reporter.masked_name, part.where) == (office, Status.RECEIVED, "", "东门")
    whole = fresh(whole)
    cases.accept(whole, by=town.actor("worker"))
    assert "answer" not in case_queries.steps_of(whole)
    with pytest.raises(Refused):
        cases.answer(whole, text="修好了。", by=town.actor("worker"))
    assert fresh(whole).status == Status.ACCEPTED, "nothing has happened"
    company = queries.company_of(whole)
    assert (company.parts, company.waiting, company.whole) == ([part], 1, None)
    answered(town, fresh(part))
    whole = fresh(whole)
    assert ("answer" in case_queries.steps_of(whole), queries.waits(whole)) == (True, False)
    cases.answer(whole, text="修好了。", by=town.actor("worker"))
    assert queries.company_of(fresh(part)).whole == whole


def test_an_open_case_is_linked_as_a_part_and_let_go_of_with_a_reason(town: Town) -> None:
    whole, part, officer = bring(town).case, bring(town, where="西门").case, town.actor("officer")
    actions.link(whole, part=part, by=officer)
    assert queries.waits(fresh(whole))
    actions.unlink(whole, part=part, text="西门的灯另行改造，不必等。", by=officer)
    assert (queries.waits(whole), Part.objects.count()) == (False, 0)
    assert [one.text for one in whole.statements.filter(kind=Word.NOTE)] == ["西门的灯另行改造，不必等。"]
    with pytest.raises(Refused):
        actions.unlink(whole, part=part, text="再来一次。", by=officer)


def test_parts_have_no_parts_and_no_second_whole(town: Town) -> None:
    officer = town.actor("officer")
    whole, part, third = (
        bring(town, where=gate, phone=phone).case for gate, phone in (("一", LIU), ("二", SUN), ("三", LIU))
    )
    actions.link(whole, part=part, by=officer)
    for above, below in ((part, third), (third, part), (third, whole), (third, third)):
        with pytest.raises(Refused):
            actions.link(above, part=below, by=officer)
    with pytest.raises(Refused):
        actions.divide(part, body=part.lead, text="再拆。", by=officer)
    with pytest.raises(Refused):
        actions.merge(whole, into=third, by=officer)
    actions.merge(part, into=third, by=officer)
    assert not queries.waits(fresh(whole)), "who is answered elsewhere is not waited for"
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(case=third, whole=third)


def test_what_has_ended_is_neither_whole_nor_part(town: Town) -> None:
    one, other, officer = bring(town).case, bring(town, where="西门").case, town.actor("officer")
    answered(town, other)
    for whole, part in ((one, other), (other, one)):
        with pytest.raises(Refused):
            actions.link(fresh(whole), part=fresh(part), by=officer)
    with pytest.raises(Refused):
        actions.divide(fresh(other), body=one.lead, text="拆。", by=officer)
