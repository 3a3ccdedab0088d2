"""The cases of a city by sets: N needs over two years in every state, each with reporter, clock, to-dos, words, rating, events and feed.

What happened to a case is what the actions would have written; its events have their places in the feed, and the chain of the feed holds
(`verify_log` walks it). What differs from life: three in a hundred are open, all of them the latest; the busiest community has five times
the needs of an average one; words come from a stock of some thousand needs; the relay's followers have read everything.
"""

import random
import time
from itertools import product
from typing import Any

from django.db import transaction
from psycopg import Connection

from linli.commons.deadlines.models import Clock, ClockMove, Todo
from linli.flows.cases.models import CallBack, Case, Reporter, Statement
from linli.flows.search.models import CaseWords
from linli.ground.core import actions as log
from linli.ground.core import feed
from linli.ground.core.codes import ALPHABET
from linli.ground.core.crypto import encrypt
from linli.ground.core.models import Event, FeedEntry, Follower
from linli.ground.people.identity import name_index
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.textsearch.queries import grams

from .chaining import chain
from .sets import fill, keep, said, unhindered

MODELS = (Case, Reporter, CaseWords, Clock, ClockMove, Todo, Statement, CallBack, Event, FeedEntry)
DAYS = 730
OPEN_SHARE = 0.03
PEOPLE_MOST = 20_000
ANSWER, CLOSING = "已联系责任单位到场处理，当晚恢复。", "电话回访，居民表示问题已经解决。"
SPOTS = [*(f"{side}门" for side in "东南西北"), *(f"{number}号楼" for number in range(1, 15))]
THINGS = ("路灯", "井盖", "下水道", "暖气", "电梯", "垃圾桶", "宣传栏", "消防栓", "充电桩", "护栏", "门禁", "水管")
FAULTS = (
    "连续四晚不亮，有老人差点摔倒",
    "已经坏了一周，物业说没有配件",
    "松动得厉害，孩子常在旁边玩",
    "堵塞外溢，味道很大",
    "被占用，救护车进不来",
    "噪音很大，夜里睡不着",
    "漏水结冰，出行困难",
    "没有人管，多次反映没有回音",
)
WISHES = ("请尽快安排维修。", "希望社区协调解决。", "请告诉我们什么时候能处理。", "麻烦上门看一下。")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
DRAWN = """
CREATE TEMP TABLE drawn ON COMMIT DROP AS
SELECT d.n, s.body, s.place, s.path, s.above, s.above_path, c.id AS category, w.number AS need, w.title, p.number AS person,
    CASE WHEN d.n <= {closed} THEN CASE WHEN d.r3 < 0.03 THEN 'refused' ELSE 'closed' END
         WHEN d.r3 < 0.1 THEN 'returned' WHEN d.r3 < 0.4 THEN 'received' WHEN d.r3 < 0.7 THEN 'accepted'
         WHEN d.r3 < 0.75 THEN 'suspended' ELSE 'answered' END AS status,
    received_at, least(received_at + d.r4 * interval '1 day', {now}) AS accepted_at,
    least(received_at + interval '1 day' + d.r5 * interval '6 days', {now}) AS answered_at,
    received_at + interval '7 days' + d.r4 * interval '3 days' AS closed_at,
    received_at + interval '5 days' AS due_at, d.r5
FROM (
    SELECT n, random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5, random() AS r6,
        date_trunc('second', {now} - ({cases} - n + 1)::float8 / {cases} * interval '{days} days') AS received_at
    FROM generate_series(1, {cases}) n
) d
JOIN stations s ON s.number = floor({stations} * power(d.r1, 1.3))
JOIN categories c ON c.number = floor({categories} * power(d.r2, 1.5))
JOIN needs w ON w.number = floor({needs} * d.r5)
JOIN people p ON p.number = floor({people} * d.r6)
"""
STATIONS = """
CREATE TEMP TABLE stations ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY p.path) - 1 AS number, b.id AS body, p.id AS place, p.path, a.id AS above, ap.path AS above_path
FROM organisations_body b JOIN kinds_bodykind k ON k.id = b.kind_id JOIN places_place p ON p.id = b.place_id
JOIN organisations_body a ON a.id = b.parent_id JOIN places_place ap ON ap.id = a.place_id
WHERE k.code = 'workstation'
"""
CATEGORIES = """
CREATE TEMP TABLE categories ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY position, code) - 1 AS number, id FROM routing_category WHERE ended_on IS NULL
"""
NEEDED = "drawn JOIN needs ON needs.number = drawn.need"
ACCEPTED = "status IN ('accepted', 'suspended', 'answered', 'closed')"
ANSWERED = "status IN ('answered', 'closed')"
STAFF = "'people.account:' || (900000 + body)"
POST = "'organisations.holding:' || (900000 + body)"
"""The database chains as `Event.digest` does: the JSON of the facts without blanks, behind the digest before it."""


def fill_city(owner: Connection[Any], cases: int) -> None:
    """Write that many cases, with all that belongs to them, into a city that has none yet."""
    while log.relay():
        pass
    began, called = time.monotonic(), _called()
    with owner.transaction(), unhindered(owner, MODELS):
        owner.execute("SELECT setseed(0.2006)")
        owner.execute(STATIONS)
        owner.execute(CATEGORIES)
        needs, people = _needs(), _people(min(PEOPLE_MOST, max(cases // 10, 10)))
        keep(owner, "needs", {"number": "int", "text": "text", "title": "text", "grams": "text"}, needs)
        keep(owner, "people", {"number": "int", "who": "jsonb"}, people)
        keep(owner, "called", {"key": "bigint", "called": "text"}, called)
        owner.execute(
            DRAWN.format(
                cases=cases,
                closed=int(cases * (1 - OPEN_SHARE)),
                days=DAYS,
                now="date_trunc('second', now())",
                stations=_count(owner, "stations"),
                categories=_count(owner, "categories"),
                needs=len(needs),
                people=len(people),
            )  # type: ignore[arg-type]
        )
        said(f"{cases:>10,} drawn", began)
        _cases(owner)
        _time(owner)
        _words(owner)
        _events(owner)
        chain(owner)
    for name in feed.followers():
        last = FeedEntry.objects.order_by("-position").values_list("position", flat=True)[0]
        Follower.objects.update_or_create(name=name, defaults={"position": last})
    with transaction.atomic():
        log.seal()


def _count(owner: Connection[Any], table: str) -> int:
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[arg-type]
    return int(row[0]) if row else 0


def _needs() -> list[tuple[int, str, str, str]]:
    """Return the stock of needs: number, text, title, grams."""
    texts = [f"{spot}的{thing}{fault}。{wish}" for spot, thing, fault, wish in product(SPOTS, THINGS, FAULTS, WISHES)]
    random.Random(2006).shuffle(texts)
    return [(number, text, Case(text=text).title, grams(text)) for number, text in enumerate(texts)]


def _called() -> list[tuple[int, str]]:
    """Return by which grams each community is found: its own name and its sub-district's."""
    places = Place.objects.communities().select_related("parent")
    return [(one.pk, grams(f"{one.short_name} {one.parent.short_name if one.parent else ''}")) for one in places]


def _people(count: int) -> list[tuple[int, dict[str, str]]]:
    """Return who brings needs, as a reporter's row keeps them: a name, and a phone for seven in ten."""
    chance = random.Random(2006)
    found = []
    for number in range(count):
        name, phone = f"{chance.choice(SURNAMES)}女士", f"139{number:08}" if chance.random() < 0.7 else ""
        who = {"name": encrypt(name, "cases.reporter.name"), "name_index": name_index(name)}
        who |= {"phone": encrypt(phone, "cases.reporter.phone"), "contact": contact_of(phone)} if phone else {}
        found.append((number, {"phone": "", "contact": ""} | who))
    return found


def _cases(owner: Connection[Any]) -> None:
    """Write the cases and who brought them."""
    code = " || ".join(f"substr('{ALPHABET}', 1 + (v / {30**at} % 30)::int, 1)" for at in range(8))
    reference = f"(SELECT {code} FROM (SELECT n::bigint * 387420489 % 656100000000 AS v) key)"  # 30^8; the factor shares nothing with it
    accepted, answered = f"CASE WHEN {ACCEPTED} THEN", f"CASE WHEN {ANSWERED} THEN"
    ended = "CASE WHEN status IN ('closed', 'refused') THEN"
    given = {
        "id": "n",
        "status": "status",
        "version": f"1 + ({ACCEPTED})::int + ({ANSWERED})::int + (status IN ('closed', 'refused', 'returned'))::int",
        "reference": reference,
        "category_id": "category",
        "channel": "(ARRAY['web', 'web', 'phone', 'desk'])[1 + n % 4]",
        "place_id": "place",
        "where": "'东门'",
        "text": "text",
        "lead_id": "body",
        "lead_by": "'nearest'",
        "received_at": "received_at",
        "accepted_at": f"{accepted} accepted_at END",
        "accepted_by": f"{accepted} {POST} ELSE '' END",
        "answered_at": f"{answered} greatest(answered_at, accepted_at) END",
        "answered_by": f"{answered} {POST} ELSE '' END",
        "closed_at": f"{ended} closed_at END",
        "closed_by": f"{ended} {POST} ELSE '' END",
        "ground": "CASE status WHEN 'refused' THEN 'market' ELSE '' END",
        "returns": "(status = 'returned')::int",
    }
    fill(owner, Case, given, f"{NEEDED} ORDER BY n")
    week = "to_char(received_at AT TIME ZONE 'UTC', '\"#\"IYYY-IW')"
    found_by = f"concat_ws(' ', {week}, lower({reference}), grams, '{grams('东门')}', called)"
    fill(owner, CaseWords, {"case_id": "n", "grams": found_by}, f"{NEEDED} JOIN called ON key = place ORDER BY n")
    who = {name: f"who ->> '{name}'" for name in ("contact", "name", "name_index", "phone")}
    fill(owner, Reporter, {"case_id": "n", **who}, "drawn JOIN people ON people.number = drawn.person ORDER BY n")


def _time(owner: Connection[Any]) -> None:
    """Write each case's clock with its moves, and its to-dos: to accept, to answer, to call back; to rule where it was sent back."""
    stopped = f"CASE WHEN {ANSWERED} THEN greatest(answered_at, accepted_at) WHEN status = 'refused' THEN closed_at END"
    clock = {
        "id": "n",
        "about": "'cases.case:' || n",
        "name": "'cases.answer'",
        "amount": "5",
        "unit": "'working_day'",
        "place_path": "path",
        "started_at": "received_at",
        "due_at": "due_at",
        "stopped_at": stopped,
        "paused_at": "CASE status WHEN 'suspended' THEN accepted_at END",
        "status": f"CASE WHEN {ANSWERED} OR status = 'refused' THEN 'stopped' WHEN status = 'suspended' THEN 'paused' ELSE 'running' END",
        "version": f"1 + ({ANSWERED} OR status IN ('refused', 'suspended'))::int",
    }
    fill(owner, Clock, clock, "drawn ORDER BY n")
    move = {"clock_id": "n", "kind": "kind", "at": "at", "by": STAFF, "post": POST, "due_after": "due_at"}
    moves = f"""(SELECT n, body, due_at, 'start' AS kind, received_at AS at FROM drawn UNION ALL
        SELECT n, body, due_at, CASE status WHEN 'suspended' THEN 'pause' ELSE 'stop' END, coalesce({stopped}, accepted_at)
        FROM drawn WHERE {ANSWERED} OR status IN ('refused', 'suspended')) moves"""
    fill(owner, ClockMove, move, f"{moves} ORDER BY at")
    fill(owner, Todo, TODO, f"{TODOS} todos ORDER BY opened_at")


TODO = {
    "id": "id",
    "about": "'cases.case:' || n",
    "verb": "verb",
    "title": "title",
    "body_id": "owing",
    "place_path": "owing_path",
    "clock_id": "CASE verb WHEN 'cases.answer' THEN n END",
    "opened_at": "opened_at",
    "due_at": "until",
    "done_at": "done_at",
    "is_waiting": "status = 'suspended' AND verb = 'cases.answer'",
    "version": "1 + (done_at IS NOT NULL)::int",
}
TODOS = f"""(
    SELECT n, n * 3 - 2 AS id, title, body AS owing, path AS owing_path, status, 'cases.accept' AS verb, received_at AS opened_at,
        received_at + interval '2 days' AS until,
        CASE WHEN {ACCEPTED} THEN accepted_at WHEN status = 'refused' THEN closed_at END AS done_at
    FROM drawn WHERE status <> 'returned' UNION ALL
    SELECT n, n * 3 - 2, title, above, above_path, status, 'cases.designate', accepted_at, due_at, NULL
    FROM drawn WHERE status = 'returned' UNION ALL
    SELECT n, n * 3 - 1, title, body, path, status, 'cases.answer', accepted_at, due_at,
        CASE WHEN {ANSWERED} THEN greatest(answered_at, accepted_at) END FROM drawn WHERE {ACCEPTED} UNION ALL
    SELECT n, n * 3, title, body, path, status, 'cases.close', greatest(answered_at, accepted_at), closed_at,
        CASE status WHEN 'closed' THEN closed_at END FROM drawn WHERE {ANSWERED})"""


def _words(owner: Connection[Any]) -> None:
    """Write what was said, and how four in ten judged it."""
    said_then = f"""(SELECT n, body, 'answer' AS kind, '{ANSWER}' AS text, greatest(answered_at, accepted_at) AS at
        FROM drawn WHERE {ANSWERED} UNION ALL SELECT n, body, 'closing', '{CLOSING}', closed_at FROM drawn WHERE status = 'closed' UNION ALL
        SELECT n, body, 'return', '不属于本单位职责。', accepted_at FROM drawn WHERE status = 'returned' UNION ALL
        SELECT n, body, 'refusal', '请找人民调解委员会。', closed_at FROM drawn WHERE status = 'refused') said_then"""
    words = {"case_id": "n", "round": "1", "kind": "kind", "text": "text", "post": POST, "at": "at"}
    fill(owner, Statement, words, f"{said_then} ORDER BY at")
    rating = {
        "case_id": "n",
        "round": "1",
        "way": "'self'",
        "lead_id": "body",
        "contacted": "r5 < 0.95",
        "solved": "(ARRAY['yes', 'yes', 'yes', 'partly', 'no'])[1 + n % 5]",
        "satisfied": "(ARRAY['yes', 'yes', 'fairly', 'yes', 'no'])[1 + n % 5]",
        "at": "closed_at",
    }
    fill(owner, CallBack, rating, "drawn WHERE status = 'closed' AND r5 < 0.4 ORDER BY n")


def _events(owner: Connection[Any]) -> None:
    """Write what happened in the order of time: up to twelve events a case, of the case, its clock and its to-dos."""
    event = {
        "verb": "verb",
        "subject": "subject",
        "place_path": "path",
        "actor": f"CASE WHEN by_staff THEN {STAFF} ELSE '' END",
        "post": f"CASE WHEN by_staff THEN {POST} ELSE '' END",
        "at": "date_trunc('second', at)",
        "data": "data::jsonb",
    }
    answered = "greatest(answered_at, accepted_at)"
    happened = f"""(SELECT d.path, d.body, h.* FROM drawn d CROSS JOIN LATERAL (VALUES
        (1, TRUE, 'cases.case.receive', 'cases.case:' || n, received_at, n % 4 > 1, '{{"lead":' || body || ',"lead_by":"nearest"}}'),
        (2, TRUE, 'deadlines.clock.start', 'deadlines.clock:' || n, received_at, n % 4 > 1, '{{"amount":5}}'),
        (3, TRUE, 'deadlines.todo.open', 'deadlines.todo:' || n * 3 - 2, received_at, n % 4 > 1, '{{"verb":"cases.accept"}}'),
        (4, status = 'returned', 'cases.case.send_back', 'cases.case:' || n, accepted_at, TRUE, '{{"status":["received","returned"]}}'),
        (4, {ACCEPTED}, 'cases.case.accept', 'cases.case:' || n, accepted_at, TRUE, '{{"status":["received","accepted"]}}'),
        (5, {ACCEPTED}, 'deadlines.todo.close', 'deadlines.todo:' || n * 3 - 2, accepted_at, TRUE, '{{}}'),
        (6, {ACCEPTED}, 'deadlines.todo.open', 'deadlines.todo:' || n * 3 - 1, accepted_at, TRUE, '{{"verb":"cases.answer"}}'),
        (7, status = 'suspended', 'cases.case.suspend', 'cases.case:' || n, accepted_at, TRUE, '{{"status":["accepted","suspended"]}}'),
        (7, {ANSWERED}, 'cases.case.answer', 'cases.case:' || n, {answered}, TRUE, '{{"status":["accepted","answered"]}}'),
        (8, {ANSWERED}, 'deadlines.clock.stop', 'deadlines.clock:' || n, {answered}, TRUE, '{{"status":["running","stopped"]}}'),
        (9, {ANSWERED}, 'deadlines.todo.close', 'deadlines.todo:' || n * 3 - 1, {answered}, TRUE, '{{}}'),
        (10, {ANSWERED}, 'deadlines.todo.open', 'deadlines.todo:' || n * 3, {answered}, TRUE, '{{"verb":"cases.close"}}'),
        (11, status = 'refused', 'cases.case.refuse', 'cases.case:' || n, closed_at, TRUE, '{{"status":["received","refused"]}}'),
        (11, status = 'closed', 'cases.case.close', 'cases.case:' || n, closed_at, TRUE, '{{"status":["answered","closed"]}}'),
        (12, status = 'closed', 'deadlines.todo.close', 'deadlines.todo:' || n * 3, closed_at, TRUE, '{{}}'),
        (13, status = 'closed' AND r5 < 0.4, 'cases.case.rate', 'cases.case:' || n, closed_at, FALSE, '{{}}')
    ) AS h(rank, is_so, verb, subject, at, by_staff, data) WHERE h.is_so) happened"""
    fill(owner, Event, event, f"{happened} ORDER BY at, rank")
