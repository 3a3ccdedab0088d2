"""The feed of a generated log: every event gets its place, chained to the one before it."""

from typing import Any

from psycopg import Connection

from linli.ground.core.models import START, FeedEntry

from .sets import fill

CHAIN = """
CREATE FUNCTION pg_temp.tie(before text, start text, facts text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to('["' || coalesce(before, start) || '",' || facts, 'UTF8')), 'hex') $$;
CREATE AGGREGATE pg_temp.chain(text, text) (SFUNC = pg_temp.tie, STYPE = text);
"""
FACTS = """concat(id, ',"', verb, '","', subject, '","', place_path, '","', actor, '","', post, '","',
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '+00:00",', replace(replace(data::text, ': ', ':'), ', ', ','), ']')"""


def chain(owner: Connection[Any]) -> None:
    """Give the events their places, chained to those before them."""
    last = owner.execute("SELECT position, digest FROM core_feedentry ORDER BY position DESC LIMIT 1").fetchone()
    position, start = last or (0, START)
    owner.execute(CHAIN)
    rows = f"""(SELECT id, row_number() OVER w + {position} AS position, pg_temp.chain('{start}', {FACTS}) OVER w AS digest
        FROM core_event e WHERE NOT EXISTS (SELECT FROM core_feedentry f WHERE f.event_id = e.id)
        WINDOW w AS (ORDER BY id ROWS UNBOUNDED PRECEDING)) placed"""
    fill(owner, FeedEntry, {"position": "position", "event_id": "id", "digest": "digest"}, rows)
