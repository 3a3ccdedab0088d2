"""Every form and every address with a question mark, filled with what nobody should type: never a 5xx, and it comes back escaped."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test import Client

from .conftest import ROLES, House, undone
from .doors import ask
from .test_permissions import TABLE

SCRIPT = "<script>alert(1)</script>"
NONSENSE = {
    "empty": "",
    "over-long": "长" * 33_400,  # 100 kB
    "wrong type": "-1e999",
    "nul": "a\x00b",
    "script": SCRIPT,
    "sql": "'; DROP TABLE core_event; --",
}
EACH = {
    "over-long",
    "wrong type",
    "nul",
}  # also field by field: these reach what lies behind a form that is otherwise in order
TODAY = "2026-09-14"
HOURS = {"place_path": "1503", "begins_on": "2026-10-12", "notice": "市政府办公室通知", "sure": "1"}
HOURS |= {"opens": "08:30", "break_begins": "12:00", "break_ends": "14:00", "closes": "17:30"}
NAMES = {"name": "新名称", "short_name": "新名"}
SAID = {"version": "1", "text": "已经修好。"}
NEED = {
    "text": "路灯四晚不亮了。",
    "field": "surroundings",
    "place": "150302006001",
    "where": "东门",
    "name": "张",
    "phone": "13904730007",
}
ENTRY = {
    "name": "赵强",
    "id_number": "",
    "phone": "",
    "born_on": "1980-01-01",
    "sex": "male",
    "residence": "registered",
    "place": "150302006001",
    "address": "1号楼",
    "electoral": "unknown",
    "verification": "none",
}
# What a person may type into each form. Where an address is a button, the form is empty.
FORMS: dict[str, dict[str, str]] = {
    "portal:choose": {"place": "150302006001"},
    "ui:large": {"on": "1", "next": "/"},
    "ui:language": {"language": "en", "next": "/"},
    "demo:enter": {},
    "cases:report": NEED | {"code": "123456"},
    "cases:follow": {"reference": "ABCD2345", "phone": "13904730001", "code": "123456"},
    "cases:register": NEED,
    "cases:unmask": {},
    "cases:accept": {"version": "1"},
    "cases:answer": SAID,
    "cases:close": SAID,
    "cases:rate": {"version": "1", "contacted": "True", "solved": "yes", "satisfied": "yes", "remark": "好"},
    "cases:reopen": SAID,
    "notices:read_all": {},
    "notices:read": {},
    "notices:follow": {},
    "notices:choose": {"wanted": "cases.sms", "email": "a@example.org", "digest": "off"},
    "notices:confirm": {},
    "notices:send_again": {},
    "notices:subscribe": {"label": "热线", "url": "https://hotline.example.org/", "verbs": "cases"},
    "notices:pause": {},
    "notices:resume": {},
    "notices:end": {},
    "notices:ping": {},
    "notices:redeliver": {},
    "deadlines:announce": {
        "place_path": "1503",
        "first": "2026-10-12",
        "last": "2026-10-13",
        "kind": "holiday",
        "name": "市庆",
        "reason": "市庆。",
        "source": "市政府通知",
    },
    "deadlines:confirm_year": {},
    "deadlines:set_hours": HOURS,
    "deadlines:remove_hours": {},
    "accounts:invite_again": {"seen": "0"},
    "accounts:reset": {"lost": "both", "seen": "0"},
    "accounts:unlock": {},
    "accounts:close": {"sure": "on"},
    "accounts:invite": {"username": "zhao1234"},
    "accounts:open_for": {"holding": "1", "username": "unit1234"},
    "accounts:change_delegate": {"holding": "1", "seen": "0"},
    "accounts:accept": {"password": "another-long-phrase-8", "again": "another-long-phrase-8"},
    "accounts:issue": {"label": "热线对接"},
    "accounts:revoke": {},
    "organisations:set_up": NAMES | {"founded_on": TODAY},
    "organisations:rename": NAMES,
    "organisations:dissolve": {"on": TODAY, "sure": "on"},
    "organisations:appoint": {"q": "王worker", "person": "1", "how": "appointed", "begins_on": TODAY, "ends_on": ""},
    "organisations:end": {"on": TODAY, "why": "resigned"},
    "organisations:act_as": {},
    "residents:enter": ENTRY,
    "residents:load": {"file": "x"},
    "residents:apply": {},
    "residents:drop": {},
    "residents:decide": {},
    "residents:refuse": {"refusal": "correct", "reason": "与证件一致。"},
    "residents:ask": {"kind": "erasure", "wish": "不再居住。"},
    "residents:withdraw": {"purpose": "account"},
    "residents:correct": ENTRY,
    "residents:unmask": {},
    "residents:mark_died": {"on": TODAY},
    "residents:mark_left": {"on": TODAY},
    "residents:declare_kinship": {"who": "13904730001", "relation": "parent"},
    "residents:confirm": {"code": "123456"},
    "residents:hold": {"basis": "lawsuit", "reason": "法院来函", "review_on": "2027-01-01"},
    "residents:lift": {"reason": "已结案"},
    "doubles:merge": {"name": "kept", "phone": "kept", "reason": "电话核实"},
    "doubles:unmask": {"name": "kept", "reason": "电话核实"},
    "doubles:keep_apart": {},
    "doubles:undo_merge": {},
    "figures:declare": {"what": "adults", "number": "900", "source": "普查", "as_of": "2026-01-01"},
    "figures:complete": {"on": "2026-05-01"},
    "people:sign_in": {"phone": "13904730001"},
    "people:prove_code": {"code": "123456"},
    "people:sign_in_staff": {"username": "worker", "password": "a-long-pass-phrase-7"},
    "people:prove_second_factor": {"code": "123456"},
    "people:set_up_second_factor": {"code": "123456"},
    "people:open_account": {"name": "赵强", "place": "150302006001", "residence": "registered"},
    "people:change_password": {
        "old": "a-long-pass-phrase-7",
        "new": "another-long-phrase-8",
        "again": "another-long-phrase-8",
    },
    "people:change_phone": {"phone": "13904730007"},
    "people:sign_out": {},
    "rulebook:change": {
        "value": "2",
        "place": "1503",
        "effective_from": "2026-10-01",
        "mark": "DEFAULT",
        "basis": "",
        "reason": "路远。",
        "seen": "1",
    },
    "places:draw_grid": {"name": "第二网格"},
    "places:rename": {"name": "东网格"},
    "places:end": {"successor": ""},
}
# Free text: what stands in these comes back to whoever typed it, so that it can be mended.
FREE = {
    "cases:report": "where",
    "cases:register": "where",
    "cases:answer": "text",
    "cases:close": "text",
    "cases:rate": "remark",
    "cases:reopen": "text",
    "cases:follow": "reference",
    "notices:choose": "email",
    "notices:subscribe": "label",
    "deadlines:announce": "reason",
    "deadlines:set_hours": "notice",
    "accounts:invite": "username",
    "accounts:open_for": "username",
    "organisations:set_up": "name",
    "organisations:rename": "name",
    "organisations:appoint": "q",
    "residents:enter": "address",
    "residents:refuse": "reason",
    "residents:ask": "wish",
    "residents:correct": "address",
    "residents:declare_kinship": "who",
    "people:sign_in": "phone",
    "people:sign_in_staff": "username",
    "rulebook:change": "reason",
}
# What the address of a page may ask after its question mark.
QUESTIONS = {
    "portal:search": ("q",),
    "desk:home": ("page",),
    "cases:index": ("status", "field", "page"),
    "cases:report": ("field",),
    "cases:follow": ("reference",),
    "cases:mine": ("page",),
    "accounts:index": ("q", "kind", "state", "page"),
    "accounts:waiting": ("page",),
    "accounts:tokens": ("page",),
    "notices:inbox": ("page", "only"),
    "notices:undelivered": ("page",),
    "notices:webhooks": ("page",),
    "notices:webhook": ("page", "only"),
    "deadlines:show_calendar": ("place",),
    "deadlines:show_hours": ("place",),
    "organisations:index": ("q",),
    "organisations:appoint": ("q",),
    "completeness:index": ("under",),
    "completeness:export": ("under",),
    "residents:list": ("q", "page"),
    "residents:requests": ("page",),
    "residents:export": ("as",),
    "people:sign_in": ("next",),
    "people:sign_in_staff": ("next",),
    "rulebook:index": ("q", "mark", "place"),
    "rulebook:change": ("place",),
    "places:index": ("q",),
    "places:picker": ("level", "for", "q"),
}


def who_may(verb: str, name: str) -> str:
    """The role that gets furthest at an address; the resident where all are equal."""
    cells = TABLE[f"{verb} {name}"]
    best = min(cells, key=["422", "200", "302", "503", "404", "403", "in"].index)
    return "resident" if cells[1] == best else ROLES[cells.index(best)]


def at_the_door(house: House, name: str, client: Client) -> Client:
    """The browser, come as far as this form: the second steps of signing in follow a first one."""
    steps = {
        "people:prove_code": ("people:sign_in", {"phone": "13904730001"}),
        "people:set_up_second_factor": (
            "people:sign_in_staff",
            {"username": "worker", "password": "a-long-pass-phrase-7"},
        ),
    }
    if name == "accounts:accept":
        client = house.browser("visitor")
        assert ask(house, client, "GET", "accounts:follow").status_code == 302
    if name in steps:
        client = house.browser("visitor")
        assert ask(house, client, "POST", *steps[name]).status_code == 302
    return client


def is_there(table: str = "core_event") -> bool:
    return table in connection.introspection.table_names()


def test_every_form_is_tried() -> None:
    posts = {line.split()[1].partition("#")[0] for line in TABLE if line.startswith("POST ")}
    assert FORMS.keys() == posts


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_form_breaks_over_what_is_typed(house: House, kind: str) -> None:
    wrong: dict[str, object] = {}
    typed = NONSENSE[kind]
    browsers = {role: house.browser(role) for role in ROLES}
    for name, fields in FORMS.items():
        client = at_the_door(house, name, browsers[who_may("POST", name)])
        cookies = deepcopy(client.cookies)
        one_by_one = [fields | {field: typed} for field in fields] if kind in EACH else []
        ways = [dict.fromkeys(fields, typed), *one_by_one]
        for way in ways:
            with undone():
                answer = ask(house, client, "POST", name, way)
            client.cookies = deepcopy(cookies)
            if answer.status_code not in {200, 201, 302, 403, 404, 409, 422}:
                wrong[f"{name} {[field for field in way if way[field] == typed]}"] = answer.status_code
            elif SCRIPT in answer.content.decode():
                wrong[name] = "the script came back as it was"
    assert wrong == {}
    assert is_there()


@pytest.mark.parametrize("name", FREE)
def test_what_was_typed_comes_back_escaped(house: House, name: str) -> None:
    fields = FORMS[name]
    nothing_else = dict.fromkeys(fields, "") | {FREE[name]: SCRIPT}
    answer = ask(house, house.browser(who_may("POST", name)), "POST", name, nothing_else)
    page = answer.content.decode()
    assert (answer.status_code, "&lt;script&gt;alert(1)&lt;/script&gt;" in page, SCRIPT in page) == (422, True, False)


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_page_breaks_over_what_its_address_asks(house: House, kind: str) -> None:
    wrong: dict[str, object] = {}
    browsers = {role: house.browser(role) for role in ROLES}
    for name, asked in QUESTIONS.items():
        client = browsers[who_may("GET", name)]
        for one in asked:
            answer = ask(house, client, "GET", name, {one: NONSENSE[kind]})
            if answer.status_code not in {200, 400, 404, 422}:
                wrong[f"{name} {one}"] = answer.status_code
            elif SCRIPT.encode() in answer.content:
                wrong[f"{name} {one}"] = "the script came back as it was"
    assert wrong == {}


def test_free_text_is_kept_as_it_was_typed_and_shown_escaped(house: House) -> None:
    client = house.browser("worker")
    receipt = ask(
        house, client, "POST", "cases:register", NEED | {"text": SCRIPT, "where": "'; DROP TABLE core_event; --"}
    )
    page = client.get(receipt["Location"]).content.decode()
    shown = client.get(receipt["Location"].removesuffix("receipt/")).content.decode()
    assert (receipt.status_code, SCRIPT in page + shown, "&lt;script&gt;" in shown, "DROP TABLE" in shown) == (
        302,
        False,
        True,
        True,
    )
    assert is_there()
