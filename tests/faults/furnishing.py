"""One real thing for every address of the house."""

from datetime import date, time, timedelta
from urllib.parse import quote

from cases.conftest import PHONE, Town, _staff

from linli.commons.calendar.models import OfficeHours
from linli.commons.files import actions as files
from linli.commons.guides.actions import take_draft
from linli.commons.guides.models import Item
from linli.commons.notices.models import Channel, Delivery, Message, Preference
from linli.commons.routing import actions as routes
from linli.commons.routing.models import Category, Route
from linli.commons.webhooks.models import Call, Subscription
from linli.flows.replies import actions as replies
from linli.flows.replies.models import Reply
from linli.flows.services import actions as services
from linli.flows.services.models import Application, ApplicationChannel
from linli.flows.supports import actions as supports
from linli.ground.accounts import actions as accounts
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.doubles import actions as doubles
from linli.ground.lists import actions as lists
from linli.ground.organisations.actions import Appointment, BodyPlan, appoint, set_up_bodies
from linli.ground.organisations.models import Holding, How, Post
from linli.ground.people import actions as people
from linli.ground.people.models import Person, Residence
from linli.ground.posts import actions as posts
from linli.ground.residents import actions as residents
from linli.ground.residents.models import HoldBasis, RequestKind
from linli.ground.rulebook.actions import Charter, lodge, newest
from linli.ground.rulebook.models import Rule
from linli.ground.rulebook.units import Meeting

from .house import ACCEPT, EMAIL, ITEM, JOINT, STAFF, House
from .lists import work_list
from .papers import picture, spreadsheet

NEIGHBOUR = "13904730008"


def furnish(town: Town) -> House:
    _fill_posts(town)
    resident = people.open_account(
        phone=PHONE, name="张女士", place=town.east, residence=Residence.REGISTERED, by=SYSTEM
    )
    house = House(town, resident, town.receive())
    for name in STAFF:
        held = town.actor(name).post_ref
        house.tokens[name] = ApiToken.issue(post=held, label="faults", by=SYSTEM)[1]
    _case_and_places(house)
    _services(house)
    _bodies(house)
    _register(house)
    _messages(house)
    _ways_in(house)
    return house


def _fill_posts(town: Town) -> None:
    town.people["subdistrict"] = town.people.pop("officer")
    for name, kind, path, post, slot in (
        ("chair", "residents_committee", "150302006001", "chair", ""),
        ("department", "department", "1503", "officer", "housing"),
        ("reviewer", "reviewing_office", "1503", "officer", ""),
        ("unit", "resident_unit", "150302006001", "delegate", ""),
        ("administrator", "city_government", "1503", "administrator", ""),
    ):
        body = town.bodies.get((kind, path))
        if body is None:
            plan = BodyPlan(kind, town.places[path], date(2020, 1, 1), name, name, slot)
            body = town.bodies[kind, path] = set_up_bodies([plan], by=SYSTEM)[0]
        town.people[name] = _staff(f"demo-{name}", body, post)


def _case_and_places(house: House) -> None:
    town = house.town
    grid = town.east.draw_grid(name="第一网格", by=SYSTEM)
    house.supported = town.receive(
        category="manhole", text="井盖松动。", where="西门", name="李先生", phone=NEIGHBOUR, by=SYSTEM
    )
    supports.support(house.supported, name="张女士", phone=PHONE, text="同样。", by=SYSTEM)
    file = files.attach(about=house.case, upload=picture("路灯.jpg"), by=SYSTEM)
    house.keys |= {
        "cases:reference": house.case.reference,
        **{
            f"{app}:reference": house.case.reference
            for app in ("dispatch", "callbacks", "escalations", "supports", "intake")
        },
        "replies:reference": house.case.reference,
        "replies:verb": "refuse",
        "replies:id": _reply(town).pk,
        "standards:format": "json",
        "standards:code": "street-light",
        "standards:reference": town.receive(category="street-light", text="路灯不亮。").reference,
        **work_list(town.actor("worker"), house.case.reference),
        "routing:code": "parking",
        "routing:id": _route().pk,
        "files:reference": file.reference,
        "places:path": town.east.path,
        "places:draw_grid:id": town.east.pk,
        "places:id": grid.pk,
        "demo:role": "chair",
        "calendar:year": 2026,
        "calendar:id": _coming_hours().pk,
        "rulebook:key": ACCEPT,
        "rulebook:seen": newest(Rule.objects.get(key=ACCEPT)),
        "rulebook:change#law:key": "ju.voter.age.min",
        "rulebook:change#idle:key": "cases.rate.days",
        "rulebook:pk": lodged(town.east.path),
        "rulebook:elsewhere:pk": lodged("150302007001"),
    }


def _services(house: House) -> None:
    """The catalogue, an application of the resident that the workstation handles, and a joint one that it has accepted."""
    take_draft(place_path="1503", by=SYSTEM)
    house.application = applied(house, house.town.east.path, person=house.resident.person, phone=PHONE)
    house.joint = applied(house, house.town.east.path, person=house.resident.person, phone=PHONE, code=JOINT)
    services.accept(house.joint, by=house.town.actor("worker"))
    house.keys |= {"guides:code": ITEM, "services:code": ITEM, "services:reference": house.application.reference}
    house.keys["opinions:reference"] = house.joint.reference


def applied(house: House, path: str, *, person: Person | None, phone: str, code: str = ITEM) -> Application:
    """An application made in a community."""
    item, place = Item.objects.get(code=code), house.town.places[path]
    who = {"name": "张女士" if person else "陌生人", "phone": phone, "person": person}
    return services.receive(item=item, place=place, channel=ApplicationChannel.WEB, by=SYSTEM, **who)


def lodged(path: str) -> int:
    """A charter of a community that its sub-district has lodged."""
    rule = Rule.objects.get(key="deliberation.council.size.min")
    day = date(2020, 3, 1)
    charter = Charter("16", path, day, "居民公约第三条", Meeting.REPRESENTATIVES, day)
    return lodge(rule, charter=charter, seen=newest(rule), by=SYSTEM).pk


def _coming_hours() -> OfficeHours:
    turns = {"opens": time(8, 30), "break_begins": time(12), "break_ends": time(14), "closes": time(17, 30)}
    return OfficeHours.objects.create(place_path="1503", begins_on=date(2027, 5, 1), notice="夏季", **turns)


def _bodies(house: House) -> None:
    body = house.town.bodies["workstation", "150302006001"]
    committee = house.town.bodies["residents_committee", "150302006001"]
    worker = house.town.actor("worker").post_ref
    house.keys |= {
        "organisations:path": house.town.east.path,
        "completeness:path": house.town.east.path,
        "organisations:reference": body.reference,
        "organisations:kind": "resident_unit",
        "accounts:act_as:pk": Holding.objects.get(pk=worker.rpartition(":")[2]).pk,
        "organisations:pk": Holding.objects.get(pk=worker.rpartition(":")[2]).pk,
        "posts:reference": body.reference,
        **{f"posts:{verb}:pk": body.posts.get(code="worker").pk for verb in ("rename", "resize", "abolish")},
        "organisations:appoint:pk": body.posts.get(code="worker").pk,
        "organisations:withdraw:pk": coming(body.posts.get(code="worker")),
        "posts:empty:pk": posts.add(body, name="助理", role=RoleCode.WORKER, seats=1, by=SYSTEM).pk,
        "organisations:set_up#above:kind": "supervision_committee",
        "organisations:rename#above:reference": committee.reference,
        "organisations:dissolve#above:reference": committee.reference,
        "organisations:appoint#above:pk": committee.posts.get(code="member").pk,
    }


def coming(post: Post) -> int:
    """A term of a post that begins next month."""
    entry = people.Entry(name="候任某", residence=Residence.NONE, source="staff")
    person, first = people.enter_person(entry, by=SYSTEM), clock.today() + timedelta(days=30)
    return Holding.objects.create(post=post, person=person, begins_on=first, how=How.HIRED).pk


def _register(house: House) -> None:
    person = house.resident.person
    assert person is not None
    me = house.town.resident
    copy = residents.ask(person, kind=RequestKind.EXPORT, by=me)
    wish = residents.ask(person, kind=RequestKind.CORRECTION, wish="生日写错了。", by=me)
    staged, reading = lists.stage_list(spreadsheet(house.town.east.path), area=house.town.east.path, by=SYSTEM)
    assert staged is not None, reading.faults
    house.keys |= {
        "lists:reference": staged.reference,
        "residents:decide:reference": wish.reference,
        "residents:refuse:reference": wish.reference,
        "residents:export:reference": copy.reference,
        "residents:id": person.pk,
        "doubles:id": person.pk,
        "figures:path": house.town.east.path,
        "figures:id": house.town.east.pk,
        "figures:what": "adults",
    }
    _doubles(house)


def _doubles(house: House) -> None:
    """An entry that may be merged, one that has been, and one whose data are kept by law."""
    other, kept, lost, held = (spare_person(house, name) for name in ("周大爷", "周大爷", "周大爷", "孙大爷"))
    done = doubles.merge(kept, lost, picks={}, reason="电话核实", by=SYSTEM)
    review = clock.today() + timedelta(days=30)
    hold = residents.hold(held, basis=HoldBasis.LAWSUIT, reason="法院来函", review_on=review, by=SYSTEM)
    house.keys |= {
        "doubles:other": other.pk,
        "doubles:reference": done.reference,
        "residents:lift:reference": hold.reference,
    }


def _messages(house: House) -> None:
    events = iter(Event.objects.order_by("-pk")[:4])
    administrator = house.town.actor("administrator")
    message = Message.objects.create(
        event=next(events), template="cases.case.accept", account=house.resident, created_at=clock.now()
    )
    wish, _made = Preference.objects.get_or_create(account=house.resident)
    wish.choose(muted=[], digest="off", email=EMAIL, by=house.town.resident)
    dead = {"status": "dead", "settled_at": clock.now(), "next_try_at": clock.now(), "tries": 6}
    worker = house.town.people["worker"][0]
    mine = Message.objects.create(
        event=next(events), template="cases.case.accept", account=worker, created_at=clock.now()
    )
    hooks = [_hook(f"合作方{number}", administrator) for number in range(2)]
    hooks[1].pause(by=administrator)
    house.keys |= {
        "notices:id": message.pk,
        "notices:ticket": wish.ticket(),
        "notices:send_again:id": Delivery.objects.create(message=message, channel=Channel.SMS, **dead).pk,
        "webhooks:redeliver:id": Call.objects.create(subscription=hooks[0], event=next(events), **dead).pk,
        "webhooks:resume:id": hooks[1].pk,
        "notices:of-worker:id": mine.pk,
    }
    house.keys["webhooks:id"] = hooks[0].pk


def _ways_in(house: House) -> None:
    """Somebody who waits for an account, a unit's own account with its link, a token of the worker's post."""
    town, by = house.town, house.town.actor("administrator")
    station, unit = town.bodies["workstation", "150302006001"], town.bodies["resident_unit", "150302006001"]
    seat = Appointment(
        station.posts.get(code="worker"), spare_person(house, "钱六"), date(2026, 1, 1), None, How.APPOINTED
    )
    worker = Holding.objects.get(pk=town.actor("worker").post_ref.rpartition(":")[2])
    delegate = Holding.objects.get(pk=town.actor("unit").post_ref.rpartition(":")[2])
    slip = accounts.open_for(unit, holding=delegate, username="unit", by=by)
    house.keys |= {
        "accounts:id": town.people["worker"][0].pk,
        "accounts:change_delegate:id": slip.account.pk,
        "accounts:code": slip.code,
        "accounts:reference": unit.reference,
        "accounts:pk": appoint(seat, by=SYSTEM).pk,
        "accounts:issue:pk": worker.pk,
        "accounts:revoke:id": accounts.issue(worker, label="faults", by=by)[0].pk,
    }


def _reply(town: Town) -> Reply:
    """A template of the worker's own body."""
    post = town.actor("worker").post
    assert post is not None
    reply = Reply(place_path=post.place_path, body_id=post.body, verb="refuse", name="不受理", text="{称呼}：不受理。")
    return replies.add(reply=reply, by=SYSTEM)


def _route() -> Route:
    facts = {
        "place_path": "1503",
        "lead_at": "subdistrict_office",
        "reason": "街道牵头。",
        "question": "",
        "answer": "",
    }
    return routes.add(route=Route(name="停车", category=Category.objects.get(code="parking"), **facts), by=SYSTEM)


def _hook(label: str, by: Actor) -> Subscription:
    url = f"https://partner.example.org/{quote(label)}/"
    return Subscription.subscribe(label=label, url=url, verbs=["cases"], place_path="1503", by=by)[0]


def spare_person(house: House, name: str = "赵强") -> Person:
    """Somebody in the register of the east who holds no post."""
    entry = people.Entry(name=name, place=house.town.east, residence=Residence.REGISTERED, source="desk")
    return people.enter_person(entry, by=SYSTEM)
