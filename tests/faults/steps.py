"""The steps of cases and applications, each brought to where it is next, with what a person would say."""

from datetime import timedelta
from typing import Any

from cases.conftest import STRANGER

from linli.commons.deadlines.models import Todo
from linli.flows.callbacks import actions as callbacks
from linli.flows.callbacks.models import Reason
from linli.flows.cases import actions
from linli.flows.cases.models import Case
from linli.flows.dispatch import actions as dispatch
from linli.flows.dispatch.queries import takers_of
from linli.flows.escalations import actions as escalations
from linli.flows.escalations.models import Answer
from linli.flows.escalations.queries import higher_than
from linli.flows.services import actions as services
from linli.flows.services.models import Application, Outcome
from linli.flows.supports import actions as supports
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.registry import ref

from .conftest import House


def step_on_case(house: House, case: Case, label: str) -> dict[str, Any]:
    verb = label.rpartition("/")[2]
    said: dict[str, Any] = {"text": "路灯已经修好。"}
    if verb == "accept":
        said = {}
    elif verb in {"rate", "call_back"}:
        said = {"contacted": True, "solved": "yes", "satisfied": "yes", "way": "phone"}
    elif verb == "whistle":
        said |= {"body": higher_than(case)[0].reference}
    elif verb in {"merge", "split", "link", "unlink", "leave", "support", "divide"}:
        said = _belonging(house, case, verb)
    elif verb in {"assign", "designate", "ask_help"}:
        taker = takers_of(case)[0].reference
        said = {"assign": {}, "designate": said, "ask_help": {"wanted": "协调养护"}}[verb] | {"body": taker}
    said |= {
        "miss": {"way": "phone", "missed": "off"},
        "exclude": {"round": 1, "reason": "outside"},
        "include": {"round": 1},
        "report_in": {"answer": "takes_part"},
        "hand_over": {"is_granted": True},
    }.get(verb, {})
    said |= {"extend": {"amount": 2}, "suspend": {"consent": True}, "refuse": {"ground": "court"}}.get(verb, {})
    return said | {"version": brought_to(house, case, verb).version}


def _belonging(house: House, case: Case, verb: str) -> dict[str, Any]:
    """Let another case lie near, merged or linked already where this step takes that back, and say what a person would."""
    phone = STRANGER if case.pk != house.case.pk else "13904730006"
    other = house.town.receive(place=case.place, text="路灯还是不亮。", phone=phone, by=SYSTEM)
    if verb == "split":
        supports.merge(Case.objects.get(pk=case.pk), into=other, by=SYSTEM)
    if verb == "unlink":
        supports.link(Case.objects.get(pk=case.pk), part=other, by=SYSTEM)
    said = {
        "merge": {"into": other.reference},
        "link": {"part": other.reference},
        "unlink": {"part": other.reference, "text": "不必等。"},
        "support": {"name": "刘先生", "text": "同样。"},
        "divide": {"body": takers_of(case)[0].reference, "text": "更换电缆。"},
    }
    return said.get(verb, {})


def brought_to(house: House, case: Case, verb: str) -> Case:
    """The case, where this step is next."""
    case = Case.objects.get(pk=case.pk)
    lead = house.town.actor("worker" if case.pk == house.case.pk else "outsider")
    judging = {"close", "rate", "reopen", "call_back", "miss", "exclude", "include"}
    if verb in {"answer", *judging}:
        actions.accept(case, by=lead)
    if verb in judging:
        actions.answer(case, text="已经修好。", by=lead)
    if verb in {"inform", "extend", "suspend", "resume"}:
        actions.accept(case, by=lead)
    if verb == "resume":
        actions.suspend(case, text="等住户回来。", by=lead)
    if verb == "designate":
        dispatch.send_back(case, text="不属于本站职责。", by=lead)
    if verb == "contribute" and case.pk == house.case.pk:
        dispatch.ask_help(case, body=house.town.bodies["subdistrict_office", "150302006"], wanted="协调", by=lead)
    if verb == "include":
        callbacks.exclude(case, round=1, reason=Reason.OUTSIDE, text="不属于社区职责。", by=SYSTEM)
    _call(house, case, verb, lead)
    if verb == "urge":
        Todo.objects.filter(about=ref(case)).update(due_at=clock.now() - timedelta(minutes=1))
    return case


def _call(house: House, case: Case, verb: str, lead: Actor) -> None:
    """Let the lead whistle for the office above, or for the department, which offers to lead."""
    called = {"report_in": ("subdistrict_office", "150302006"), "hand_over": ("department", "1503")}.get(verb)
    if called and (verb == "hand_over" or case.pk == house.case.pk):
        escalations.whistle(case, body=house.town.bodies[called], text="需要市政养护。", by=lead)
    if verb == "hand_over":
        department = house.town.actor("department")
        escalations.report_in(case, answer=Answer.OFFERS, text="由我局牵头。", by=department)


def step_on_application(house: House, one: Application, verb: str) -> dict[str, Any]:
    """Bring an application to where this step is next, and say what a person would."""
    one = Application.objects.get(pk=one.pk)
    desk = house.town.actor("worker" if one.pk == house.application.pk else "outsider")
    if verb == "complete":
        services.ask_papers(one, gaps={1: "没有签名"}, by=desk)
    if verb in {"extend", "decide", "deliver", "rate"}:
        services.accept(one, by=desk)
    if verb in {"deliver", "rate"}:
        services.decide(one, outcome=Outcome.GRANTED, reason="", by=desk)
    if verb == "rate":
        services.deliver(one, by=desk)
    said: dict[str, dict[str, Any]] = {
        "accept": {},
        "ask_papers": {"gaps": {"1": "没有签名"}},
        "decide": {"outcome": 0, "reason": "不符合条件"},
        "deliver": {},
        "rate": {"satisfied": "yes"},
        "give_opinion": {"agrees": True},
    }
    return said.get(verb, {"text": "材料已经交到窗口。"}) | {"version": one.version}
