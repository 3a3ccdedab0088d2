"""How the time limit of a case reads: what is left, and how early or late the answer came."""

from datetime import timedelta

import pytest

from linli.commons.deadlines.queries import clock_about
from linli.flows.cases import actions, queries
from linli.ground.authority.actors import VISITOR
from linli.ground.authority.actors import Person as Asking
from linli.ground.core import clock
from linli.ground.people.models import Person, PersonalData
from linli.ground.residents.queries import known_of

from .conftest import MONDAY, PHONE, Town, visitor


@pytest.mark.parametrize(
    ("days", "hours", "words", "kind"),
    [
        (0, 1, "提前 5 个工作日答复", "done"),
        (4, 0, "提前 1 个工作日答复", "done"),  # Friday; Sunday the 20th is worked
        (6, 7, "在期限内答复", "done"),
        (6, 9, "超过期限后答复", "late"),  # the last day, after offices have closed
        (8, 0, "逾期 2 个工作日答复", "late"),
    ],
)
def test_the_answer_says_how_early_or_late_it_came(town: Town, days: int, hours: int, words: str, kind: str) -> None:
    case = town.receive()
    worker = town.actor("worker")
    actions.accept(case, by=worker)
    with clock.stopped_at(MONDAY + timedelta(days=days, hours=hours)):
        actions.answer(case, text="已修好。", by=worker)
        said = queries.countdown(clock_about(case))
    assert (said.text, said.kind) == (words, kind)


def test_what_was_forgotten_for_years_says_since_when_it_is_overdue(town: Town) -> None:
    case = town.receive()
    with clock.stopped_at(MONDAY.replace(year=2040)):  # no calendar reaches so far
        said = queries.countdown(clock_about(case))
    assert (said.text, said.kind) == ("已于 2026年9月20日 18:00 到期", "late")


def test_the_lead_reads_until_when_to_accept_and_the_resident_only_until_when_an_answer_comes(town: Town) -> None:
    case = town.receive()
    page = town.client("worker").get(case.get_absolute_url()).text
    assert "应于 9月15日（周二）18:00 前受理" in page
    english = town.client("worker").get(case.get_absolute_url(), headers={"accept-language": "en"}).text
    assert f"To be accepted by {case.lead.name} until " in english
    assert "前受理" not in visitor(PHONE).get(case.get_absolute_url()).text
    actions.accept(case, by=town.actor("worker"))
    assert "前受理" not in town.client("worker").get(case.get_absolute_url()).text


def test_my_matters_say_how_long_is_left_until_they_are_answered(town: Town) -> None:
    waiting, answered = town.receive(), town.receive()
    actions.accept(answered, by=town.actor("worker"))
    actions.answer(answered, text="已修好。", by=town.actor("worker"))
    rows = queries.with_left([waiting, answered])
    assert [(case, left and left.text) for case, left in rows] == [(waiting, "还剩 5 个工作日"), (answered, None)]


def test_the_timeline_names_who_acted_and_keeps_the_words_of_each_turn(town: Town) -> None:
    case = town.receive()
    worker, lead = town.actor("worker"), case.lead.name
    actions.accept(case, by=worker)
    actions.answer(case, text="已修好。", by=worker)
    actions.reopen(case, text="又坏了。", by=town.resident)
    actions.accept(case, by=worker)
    actions.answer(case, text="换了电缆。", by=worker)
    told = queries.facts_of(case, asked=True)["timeline"]
    assert [(str(one.words), one.who, one.text) for one in told] == [
        ("收到诉求", "网上", ""),
        ("已受理", lead, ""),
        ("已答复", lead, "已修好。"),
        ("重新办理：尚未解决", "", "又坏了。"),
        ("已受理", lead, ""),
        ("已答复", lead, "换了电缆。"),
    ]


def test_who_lives_in_a_grid_is_known_by_its_community(town: Town) -> None:
    grid = town.east.draw_grid(name="第一网格", by=town.actor("officer"))
    person = Person.objects.create(place=grid, residence="registered", source="self")
    assert known_of(Asking(person=person.pk)) is None, "an entry without personal data"
    PersonalData.objects.create(person=person, name="张桂兰")
    known = known_of(Asking(person=person.pk))
    assert known is not None
    assert (known.place, known.name, known.phone) == (town.east, "张桂兰", "")
    assert known_of(VISITOR) is None
