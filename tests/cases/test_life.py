"""What happens between accepting and answering: longer with a reason, standing with consent, not taken on with the lawful channel named."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.commons.deadlines.models import Todo
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Ground, Status
from linli.flows.cases.models.choices import CHANNELS
from linli.flows.cases.queries import clock_of
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.registry import ref

from .conftest import MONDAY, PHONE, Town, visitor

WHY = "备件三天后才到货。"


def accepted(town: Town) -> Case:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    return case


def test_it_takes_longer_once_and_the_resident_reads_why(town: Town) -> None:
    case = accepted(town)
    before = clock_of(case).due_at
    actions.extend(case, amount=3, text=WHY, by=town.actor("worker"))
    running = clock_of(case)
    assert running.due_at > before
    assert Todo.objects.open().get(about=ref(case)).due_at == running.due_at
    assert WHY in visitor(PHONE).get(f"/cases/{case.reference}/").text
    with pytest.raises(Refused):
        actions.extend(case, amount=1, text=WHY, by=town.actor("worker"))


@pytest.mark.parametrize("amount", [0, 6, 60])
def test_no_longer_than_the_rule_allows(town: Town, amount: int) -> None:
    case = accepted(town)
    with pytest.raises(Refused):
        actions.extend(case, amount=amount, text=WHY, by=town.actor("worker"))
    assert clock_of(case).extended == 0


def test_not_after_the_time_is_up(town: Town) -> None:
    case = accepted(town)
    with clock.stopped_at(MONDAY + timedelta(days=30)), pytest.raises(Refused):
        actions.extend(case, amount=1, text=WHY, by=town.actor("worker"))


def test_it_stands_with_its_clock_and_goes_on_by_the_time_that_was_lost(town: Town) -> None:
    case = accepted(town)
    before = clock_of(case).due_at
    actions.suspend(case, text="等住户回来开门。", by=town.actor("worker"))
    assert (case.status, clock_of(case).is_waiting) == (Status.SUSPENDED, True)
    assert Todo.objects.open().get(about=ref(case)).is_waiting
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        actions.resume(case, text="住户已回来。", by=town.actor("worker"))
        assert (case.status, clock_of(case).due_at > before) == (Status.ACCEPTED, True)
        actions.answer(case, text="已经修好。", by=town.actor("worker"))


def test_suspending_asks_for_consent(town: Town) -> None:
    case = accepted(town)
    at, said = f"/cases/{case.reference}/suspend/", {"text": "等住户回来开门。", "version": "2"}
    assert town.client("worker").post(at, said).status_code == 422
    assert town.client("worker").post(at, said | {"consent": "on"}).status_code == 302
    assert Case.objects.get().status == Status.SUSPENDED


@pytest.mark.parametrize("ground", list(Ground))
def test_every_refusal_names_the_lawful_channel(town: Town, ground: Ground) -> None:
    case = town.receive()
    actions.refuse(case, ground=ground, text="请按下面的渠道办理。", by=town.actor("worker"))
    assert (case.status, case.closed_at) == (Status.REFUSED, clock.now())
    assert not Todo.objects.open().filter(about=ref(case)).exists()
    assert clock_of(case).stopped_at == clock.now()
    page = visitor(PHONE).get(f"/cases/{case.reference}/").text
    assert (str(CHANNELS[ground]) in page, "不予受理" in page) == (True, True)


def test_the_database_wants_a_ground_for_a_refusal_and_none_for_others(town: Town) -> None:
    case = town.receive()
    for wrong in ({"ground": "court"}, {"ground": "", "status": Status.REFUSED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)


def test_news_are_the_resident_s_and_notes_are_not(town: Town) -> None:
    case = accepted(town)
    actions.inform(case, text="养护单位已经到场。", by=town.actor("worker"))
    actions.note(case, text="住户情绪激动，两人上门。", by=town.actor("officer"))
    outside = visitor(PHONE).get(f"/cases/{case.reference}/").text
    inside = town.client("officer").get(f"/cases/{case.reference}/").text
    assert ("养护单位已经到场。" in outside, "情绪激动" in outside, "情绪激动" in inside) == (True, False, True)


def test_the_urgency_of_the_category_gives_the_time(town: Town) -> None:
    critical, urgent, enquiry = (town.receive(category=one) for one in ("manhole", "street-light", "pension"))
    terms = [(one.amount, one.unit) for one in map(clock_of, (critical, urgent, enquiry))]
    assert terms == [(2, "clock_hour"), (24, "clock_hour"), (2, "working_day")]
