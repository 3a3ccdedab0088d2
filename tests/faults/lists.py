"""What the work list keeps in the house of the tests: a filter and a file of the worker's, a case in the queue."""

from linli.flows.worklist import actions
from linli.flows.worklist.queries import Filter
from linli.ground.authority.actors import Actor


def work_list(worker: Actor, reference: str) -> dict[str, str]:
    """A filter that the worker keeps, a file that was written for them; the case stands in the queue under its own reference."""
    saved = actions.save(asked=Filter(status="received"), name="新来的", is_shared=False, by=worker)
    export = actions.ask(asked=Filter(), format="csv", by=worker)
    actions.write(export.pk)
    of_filter = {f"worklist:{verb}:reference": saved.reference for verb in ("rename", "share", "unshare", "remove")}
    of_export = {f"worklist:{verb}:reference": export.reference for verb in ("follow", "download")}
    return of_filter | of_export | {"worklist:designate:reference": reference}
