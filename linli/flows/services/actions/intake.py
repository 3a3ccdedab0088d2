"""Taking an application in: handler by place, papers as the item asks for them now, clock, to-do and event in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.commons.deadlines.actions import open_todo, start_clock
from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.commons.guides.models import Item
from linli.flows.services import queries
from linli.flows.services.models import Applicant, Application, ApplicationChannel, Paper
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.core.crypto import blind_index
from linli.ground.organisations.queries import lead_for
from linli.ground.people.models import Person
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.rulebook.queries import rule


class NoHandler(Exception):
    """No body stands at or above the place: the city is not set up."""


def receive(
    *,
    item: Item,
    place: Place,
    name: str,
    phone: str,
    channel: ApplicationChannel,
    given: Sequence[int] = (),
    files: Mapping[int, Sequence[File]] | None = None,
    person: Person | None = None,
    is_helped: bool = False,
    sending: str = "",
    by: Actor,
) -> Application:
    """Take an application in; `given` are the positions of the materials that came on paper, `files` the uploads of each by its position.

    The same words from the same sender in the same `sending` return the application they brought before. Raises NoHandler.
    """
    handler = lead_for(place.path)
    if handler is None:
        raise NoHandler(place.path)
    sent_as = _fingerprint(sending, by.ref, phone, name, item.code, place.path) if sending else None
    one = Application(item=item, place=place, handler=handler, channel=channel, sent_as=sent_as)
    one.item_version, one.promised_days = item.version, item.promised_days
    one.helped_by = by.post_ref if is_helped else ""
    try:
        with transaction.atomic():
            one.save()
            _name_applicant(one, person, name, phone)
            _take_papers(one, {*given, *(files or {})})
            keep_papers(one, files or {}, by=by)
            data = {"item": item.code, "version": item.version, "channel": channel, "handler": handler.pk}
            record("services.application.receive", one, by=by, place_path=place.path, data=data)
            wait_for_acceptance(one, by=by)
    except IntegrityError:
        before = Application.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        return before
    return one


def wait_for_acceptance(one: Application, *, by: Actor) -> None:
    """Start the time in which the handler accepts or names the gaps, counted from the papers (行政许可法 art. 32)."""
    limit = rule(queries.ACCEPT_DAYS, place_path=one.place_path)
    running = start_clock(
        about=one,
        name=queries.ACCEPT,
        amount=limit.number,
        unit=limit.unit,
        place_path=one.place_path,
        rule_ref=limit.version_ref,
        since=one.submitted_at,
        by=by,
    )
    open_todo(about=one, verb=queries.ACCEPT, title=one.title, body=one.handler, clock=running, by=by)


def _name_applicant(one: Application, person: Person | None, name: str, phone: str) -> None:
    contact = contact_of(phone) if phone else ""
    Applicant.objects.create(application=one, person=person, name=name, phone=phone, contact=contact)


def keep_papers(one: Application, files: Mapping[int, Sequence[File]], *, by: Actor) -> None:
    """Keep uploads with the papers that they show, by position."""
    for paper in one.papers.filter(waived_why="", position__in=files):
        keep(files=files[paper.position], about=paper, by=by, place_path=one.place_path)


def _take_papers(one: Application, given: Collection[int]) -> None:
    """Keep the item's materials as they are asked for now: what the guide says later does not reach back."""
    Paper.objects.bulk_create(
        Paper(
            application=one,
            position=material.position,
            name=material.name,
            waived_why=material.waived_why,
            is_given=material.position in given and not material.waived_why,
        )
        for material in one.item.materials.all()
    )


def _fingerprint(*parts: str) -> UUID:
    """Keyed: what has been erased about an applicant cannot be guessed back from it."""
    return UUID(blind_index("\x1f".join(parts), "services.sending")[:32])
