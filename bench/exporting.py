"""`python -m bench.exporting FORMAT PLACE`: write the cases of a place into a file as the worker does; say what it cost as JSON."""

import json
import os
import resource
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from linli.flows.worklist import actions  # noqa: E402 (the settings come first)
from linli.flows.worklist.models import Export  # noqa: E402
from linli.flows.worklist.queries import Filter  # noqa: E402
from linli.ground.core.registry import ref  # noqa: E402
from linli.ground.organisations.models import Holding  # noqa: E402
from linli.ground.organisations.queries import actor_in_post  # noqa: E402


def resident() -> int:
    """Return the most memory that this process has ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Ask for the file in the reviewer's post, write it, measure."""
    kind, place = sys.argv[1:]
    holding = Holding.objects.get(post__body__kind__code="reviewing_office")
    actor = actor_in_post(ref(holding))
    assert actor is not None
    export = actions.ask(asked=Filter.of({"place": place}), format=kind, by=actor)
    before, began = resident(), time.monotonic()
    actions.write(export.pk)
    export = Export.objects.get(pk=export.pk)
    spent = {"seconds": round(time.monotonic() - began, 1), "grown (MiB)": resident() - before}
    print(json.dumps({"format": kind, "rows": export.rows, **spent}))


if __name__ == "__main__":
    main()
