"""The rights over personal data: a copy, erasure (PIPL art. 44–47)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.people.actions import close_account
from linli.ground.people.models import Person, PersonalData, Sex
from linli.ground.residents import personal_data, queries
from linli.ground.residents.models import DataRequest, RequestKind


def ask(person: Person, *, kind: RequestKind, wish: str = "", by: Actor) -> DataRequest:
    """Take down a request about one's own data; a copy is given at once. Raises ValidationError where one of this kind waits already."""
    try:
        with transaction.atomic():
            made = DataRequest.objects.create(person=person, kind=kind, wish=wish)
            record("residents.datarequest.ask", made, by=by, place_path=person.place_path, data={"kind": kind.value})
            if kind == RequestKind.EXPORT:
                made.finish(by=by)
    except IntegrityError as error:
        raise ValidationError(_("A request of this kind is waiting already."), code="kind") from error
    return made


def export(request: DataRequest, *, by: Actor) -> list[tuple[str, list[dict[str, str]]]]:
    """Return everything that the city's apps keep about the person, by heading; written down like any other look at personal data."""
    with transaction.atomic():
        parts = list(personal_data.collect_all(request.person))
        record("people.person.export", request.person, by=by, place_path=request.place_path, data={"matter": ""})
    return parts


@transaction.atomic
def finish_correction(request: DataRequest, *, by: Actor) -> None:
    """Say that the data are corrected; raises ValidationError where nothing was corrected since it was asked (PIPL art. 46)."""
    if not queries.corrections_for(request):
        text = _("Nothing has been corrected since the request. Correct the entry first, or refuse it with a reason.")
        raise ValidationError(text, code="uncorrected")
    request.finish(by=by)


@transaction.atomic
def erase(request: DataRequest, *, by: Actor) -> bool:
    """Erase what identifies the person everywhere, close their accounts and fulfil the request; what is left is a tombstone for the counts.

    Return whether a last message goes to their phone, which is forgotten with it. Raises ValidationError under a legal hold and while a
    matter is open.
    """
    rows = Q(pk=request.person_id) | Q(merged_into=request.person_id)
    entries = list(Person.objects.select_for_update(of=("self",)).filter(rows).order_by("pk"))
    person = next(entry for entry in entries if entry.pk == request.person_id)
    if PersonalData.objects.select_for_update().get(pk=person.pk).legal_hold:
        raise ValidationError(_("The data are kept by law and cannot be erased now."), code="hold")
    still_open = personal_data.open_matters(person)
    if still_open:
        raise ValidationError(
            _("A matter is still open: %(matters)s.") % {"matters": "、".join(still_open)}, code="open_matter"
        )
    phone = person.personal.phone
    personal_data.erase_all(person)
    for account in person.accounts.all():
        close_account(account, by=by)
    for entry in entries:
        _blank(entry, by=by)
    person.data_requests.update(wish="")
    request.finish(parting=phone, by=by)
    for other in person.data_requests.waiting():  # nothing is left to correct
        other.finish(by=by)
    if phone:
        app.configure_task("residents.send_parting").defer(request=request.pk)
    return bool(phone)


def _blank(entry: Person, *, by: Actor) -> None:
    """Blank one entry of the person; those that were merged into it go with it."""
    entry.correct(fields={"born_on": None, "sex": Sex.UNKNOWN, "household": None}, by=by)
    entry.ties.all().delete()
    entry.ties_back.all().delete()
    data = entry.personal
    data.take(name="", phone="", id_number="")
    data.erased_at = clock.now()
    data.save()
    record("people.personaldata.erase", data, by=by, place_path=entry.place_path)
