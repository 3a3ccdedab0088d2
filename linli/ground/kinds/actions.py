"""Load the kinds of body from the TOML files in git."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.kinds.models import BodyKind, Group, Need, Rule

FOLDER = Path(__file__).parent / "data" / "kinds"
FIELDS = [field.name for field in BodyKind._meta.concrete_fields]


def load_kinds(*, by: Actor, folder: Path = FOLDER) -> int:
    """Bring the kinds to what the files say, all or nothing; return how many changed. A second run changes nothing.

    Raises ValueError, TypeError or ValidationError for a file that describes no kind; a kind that has left the files stays.
    """
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml")))
    rows: list[dict[str, Any]] = [row for text in texts for row in tomllib.loads(text)["kind"]]
    rows.sort(key=lambda row: Group.values.index(row["group"]))
    changed = 0
    with transaction.atomic():
        known = {kind.code: kind for kind in BodyKind.objects.select_for_update()}
        for position, row in enumerate(rows):
            before = known.get(row["code"], BodyKind())
            defaults = {"short": row["pattern"], "title": row["name"], "position": position}
            kind = _checked(BodyKind(pk=before.pk, **(defaults | row)))
            if before.pk and all(getattr(kind, name) == getattr(before, name) for name in FIELDS):
                continue
            kind.save()
            known[kind.code] = kind
            record("kinds.bodykind.load", kind, by=by, data={"code": kind.code})
            changed += 1
    return changed


def _checked(kind: BodyKind) -> BodyKind:
    """Return a kind whose words are all known."""
    kind.clean_fields(exclude=["stands", "parents", "rules", "posts"])
    kind.default_posts()
    for word, words in [*((one, Need) for one in kind.stands.values()), *((one, Rule) for one in kind.rules)]:
        words(word)
    return kind
