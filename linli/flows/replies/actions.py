"""Keeping templates: added, revised, ended, the first ones loaded. Each action is one transaction."""

import tomllib
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from linli.commons.routing.models import Category
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record

from . import queries
from .models import TAKEN, Reply

REPLIES: Final = Path(__file__).parent / "data" / "replies.toml"


@transaction.atomic
def add(*, reply: Reply, by: Actor) -> Reply:
    """Keep a template; raises ValidationError where a placeholder is unknown or the name is taken."""
    if faults := queries.faults_in(reply.text):
        raise ValidationError({"text": faults})
    try:
        with transaction.atomic():
            reply.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError({"name": TAKEN}) from error
    record("replies.reply.add", reply, by=by, place_path=reply.place_path, data={"verb": reply.verb})
    return reply


@transaction.atomic
def revise(reply: Reply, *, into: Reply, by: Actor) -> Reply:
    """Put a changed template in the place of another: that one ends, this begins. Raises as `add`, and Refused for an ended one."""
    reply.end(by=by)
    return add(reply=into, by=by)


@transaction.atomic
def load_replies(*, place_path: str, by: Actor, file: Path = REPLIES) -> int:
    """Add the templates of the file that the place does not have yet; return how many. Raises KeyError for a file that describes none."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["reply"]
    had = set(Reply.objects.filter(place_path=place_path, body=None).values_list("name", flat=True))
    categories = {one.code: one for one in Category.objects.all()}
    fresh = [row for row in rows if row["name"] not in had]
    for row in fresh:
        category = categories.get(row.pop("category", ""))
        add(reply=Reply(place_path=place_path, category=category, **row), by=by)
    return len(fresh)
