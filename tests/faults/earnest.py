"""The operations of the API asked in earnest: real keys and real bodies, in the house of the tests and elsewhere."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cases.conftest import STRANGER

from linli.commons.notices.models import Message
from linli.commons.webhooks.models import Call, Subscription
from linli.config.api import api
from linli.flows.cases.models import Case
from linli.flows.dispatch.queries import takers_of
from linli.flows.services.models import Application
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Holding
from linli.ground.rulebook.actions import newest
from linli.ground.rulebook.models import Rule

from .conftest import ITEM, House, applied, coming, spare_person
from .lists import work_list
from .steps import step_on_application, step_on_case

VERBS = {"get", "post", "put", "patch", "delete"}
ELSEWHERE = "1504"  # another city
LODGED = "ju.supervision.size.min"  # a community's charter may say it


@dataclass
class Keys:
    """What an operation is asked about: things of 湖东社区, or such as belong to others."""

    case: Case
    application: Application
    joint: Application
    """On which departments have a say."""
    place: str
    """Where a need arises."""
    city: str
    """Where something is to hold: days, rules."""
    hook: int
    paused: int
    call: int
    message: int
    post: int
    holding: int
    coming: int
    """A term that begins later."""
    charter: int
    """What a community decided, as it was lodged."""
    filter: str
    """A filter that somebody keeps."""
    file: str
    """A file that was written for them."""
    supported: Case | None = None
    """A case that the resident supports."""
    empty: int = 0
    """A post in which nobody sits."""
    others: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    """What an operation is asked about whatever its name is."""

    def of(self, label: str) -> dict[str, Any]:
        """The keys in an operation's path."""
        known = self.others | self._of_path(label) | self.fixed
        return {name: key for name, key in known.items() if f"{{{name}}}" in label}

    def case_of(self, label: str) -> Case:
        """The case that an operation is asked about."""
        return self.supported if self.supported and label.endswith("/leave") else self.case

    def _of_path(self, label: str) -> dict[str, Any]:
        owned = {
            "/cases/filters/": {"reference": self.filter},
            "/cases/export/": {"reference": self.file},
            "/cases/": {"reference": self.case.reference},
            "/dispatch/": {"reference": self.case.reference},
            "/services/register/": {"code": ITEM},
            "/leave": {"reference": self.case_of(label).reference},
            "/supports/": {"reference": self.case.reference},
            "/callbacks/": {"reference": self.case.reference},
            "/escalations/": {"reference": self.case.reference},
            "opinion": {"reference": self.joint.reference},
            "/services/": {"reference": self.application.reference},
            "/guides/": {"code": ITEM},
            "/inbox/": {"id": self.message},
            "/versions/{pk}/withdraw": {"pk": self.charter},
            "/holdings/{pk}/withdraw": {"pk": self.coming},
        }
        for part, keys in owned.items():
            if part in label:
                return keys
        if label.endswith("/lodge") and "key" not in self.fixed:
            return {"key": LODGED}
        if "/calls/" in label and label.endswith("/redeliver"):
            return {"id": self.call}
        if label.endswith("/abolish") and self.empty:
            return {"pk": self.empty}
        return {
            "id": self.paused if label.endswith("/resume") else self.hook,
            "pk": self.post if "/posts/" in label else self.holding,
        }


def here(house: House) -> Keys:
    """Things of 湖东社区 and of the city, the worker's own term and message."""
    keys = house.keys
    return Keys(
        case=house.case,
        supported=house.supported,
        application=house.application,
        joint=house.joint,
        place=house.town.east.path,
        city="1503",
        hook=keys["webhooks:id"],
        paused=keys["webhooks:resume:id"],
        call=keys["webhooks:redeliver:id"],
        message=keys["notices:of-worker:id"],
        post=keys["organisations:appoint:pk"],
        empty=keys["posts:empty:pk"],
        holding=keys["organisations:pk"],
        coming=keys["organisations:withdraw:pk"],
        charter=keys["rulebook:pk"],
        filter=keys["worklist:rename:reference"],
        file=keys["worklist:follow:reference"],
        others={
            "reference": keys["organisations:reference"],
            "key": keys["rulebook:key"],
            "path": house.town.east.path,
            "year": keys["calendar:year"],
        },
    )


def elsewhere(house: House) -> Keys:
    """A stranger's need in 友谊社区, the outsider's own term, webhooks of another city, the resident's message."""
    town, administrator = house.town, house.town.actor("administrator")
    place = town.places["150302007001"]
    station = town.bodies["workstation", place.path]
    case = town.receive(place=place, name="陌生人", phone=STRANGER, by=town.stranger)
    verbs = ["cases"], ["cases.case"]
    partner = {"label": "外市", "url": "https://elsewhere.example.org/", "place_path": ELSEWHERE, "by": administrator}
    hooks = [Subscription.subscribe(verbs=heard, **partner)[0] for heard in verbs]
    hooks[1].pause(by=administrator)
    moment = clock.now()
    dead = {"status": "dead", "settled_at": moment, "next_try_at": moment, "tries": 6}
    call = Call.objects.create(subscription=hooks[0], event=Event.objects.latest("pk"), **dead)
    theirs = Message.objects.get(pk=house.keys["notices:id"])
    kept = work_list(town.actor("outsider"), case.reference)
    application = applied(house, place.path, person=None, phone=STRANGER)
    return Keys(
        case=case,
        filter=kept["worklist:rename:reference"],
        file=kept["worklist:follow:reference"],
        application=application,
        joint=application,
        place=place.path,
        city=ELSEWHERE,
        hook=hooks[0].pk,
        paused=hooks[1].pk,
        call=call.pk,
        message=theirs.pk,
        post=station.posts.get(code="worker").pk,
        holding=Holding.objects.get(pk=town.actor("outsider").post_ref.rpartition(":")[2]).pk,
        coming=coming(station.posts.get(code="worker")),
        charter=house.keys["rulebook:elsewhere:pk"],
        others={"key": house.keys["rulebook:key"], "reference": station.reference},
    )


def law(house: House) -> Keys:
    """A rule that the law fixes."""
    keys = here(house)
    keys.fixed["key"] = house.keys["rulebook:change#law:key"]
    return keys


def operations() -> set[str]:
    """Every operation of the API as `VERB path`."""
    paths = api.get_openapi_schema()["paths"]
    return {f"{verb.upper()} {path}" for path, verbs in paths.items() for verb in verbs if verb in VERBS}


def asked_in_earnest(house: House, keys: Keys, label: str) -> dict[str, Any]:
    """What a person would send: body and query of an operation."""
    if label.startswith("GET "):
        queries: dict[str, Any] = {
            "GET /api/calendar/due": {"start": "2026-09-14", "amount": 5, "unit": "working_day"},
            "GET /api/organisations/bodies": {"place": keys.place},
            "GET /api/services/rates": {"place": keys.place, "first": "2026-09-01", "last": "2026-09-30"},
            "GET /api/services/rates/behind": {"place": keys.place, "first": "2026-09-01", "last": "2026-09-30"},
            "GET /api/callbacks/rates": {"place": keys.place, "first": "2026-09-01", "last": "2026-09-30"},
            "GET /api/callbacks/behind": {"place": keys.place, "first": "2026-09-01", "last": "2026-09-30"},
        }
        return {"query": queries.get(label, {})}
    if "/services/register/" in label:
        return {"query": {}, "body": {"place": keys.place, "name": "刘奶奶", "given": [1]}}
    if "/services/{" in label:
        verb = label.rpartition("/")[2]
        return {
            "query": {},
            "body": step_on_application(house, keys.joint if "opinion" in verb else keys.application, verb),
        }
    is_step = any(f"/{app}/{{" in label for app in ("cases", "dispatch", "supports", "callbacks", "escalations"))
    body = step_on_case(house, keys.case_of(label), label) if is_step else _body(house, keys, label)
    return {"query": {}} | ({"body": body} if body else {})


def _body(house: House, keys: Keys, label: str) -> dict[str, Any]:
    today = clock.today()
    person = spare_person(house).pk if label.endswith("/appoint") else 0
    need = {"text": "路灯四晚不亮了。", "category": "surroundings-other", "place": keys.place, "name": "张女士"}
    hook = {"label": "热线", "url": "https://hotline.example.org/", "verbs": ["cases"]}
    seen = {"cases": [{"reference": keys.case.reference, "version": Case.objects.get(pk=keys.case.pk).version}]}
    bodies: dict[str, dict[str, Any]] = {
        "POST /api/cases/together/accept": seen,
        "POST /api/cases/together/assign": seen | {"body": takers_of(keys.case)[0].reference},
        "POST /api/cases/together/note": seen | {"text": "电话没有接通。"},
        "POST /api/cases/filters/save": {"name": "还没办完的", "status": "open"},
        "POST /api/cases/filters/{reference}/rename": {"name": "改了名的"},
        "POST /api/cases/export": {"format": "csv", "status": "open"},
        "POST /api/intake/": need | {"phone": "13904730001"},
        "POST /api/webhooks/": hook,
        "POST /api/webhooks/{id}/edit": hook,
        "POST /api/calendar/announce": {
            "place": keys.city,
            "days": ["2026-10-12"],
            "kind": "holiday",
            "reason": "市庆。",
            "source": "市政府通知",
        },
        "POST /api/posts/of/{reference}/add": {"name": "楼栋联络员", "seats": 3},
        "POST /api/posts/{pk}/rename": {"name": "社工"},
        "POST /api/posts/{pk}/resize": {"seats": 50},
        "POST /api/posts/{pk}/abolish": {"reason": "不再需要"},
        "POST /api/organisations/posts/{pk}/appoint": {"person": person, "begins_on": str(today), "how": "appointed"},
        "POST /api/organisations/holdings/{pk}/withdraw": {"reason": "日期写错"},
        "POST /api/organisations/holdings/{pk}/end": {"on": str(today), "why": "resigned"},
        "POST /api/rulebook/{key}/change": {
            "value": "2",
            "place": keys.city,
            "effective_from": str(today + timedelta(days=17)),
            "reason": "路远。",
            "seen": house.keys["rulebook:seen"],
        },
        "POST /api/rulebook/versions/{pk}/withdraw": {"reason": "录错了社区。"},
        "POST /api/rulebook/{key}/lodge": {
            "value": "5",
            "place": keys.place,
            "effective_from": str(today),
            "basis": "社区章程第九条",
            "decided_by": "assembly",
            "decided_on": str(today),
            "seen": newest(Rule.objects.get(key=keys.of(label)["key"])) if label.endswith("/lodge") else 0,
        },
    }
    return bodies.get(label, {})
