"""The rights over personal data: a copy, erasure (PIPL art. 44–47)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.people.actions import close_account
from linli.ground.people.models import Person, PersonalData, Sex
from linli.ground.residents import personal_data
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
def erase(request: DataRequest, *, by: Actor) -> None:
    """Erase what identifies the person everywhere, close their accounts and fulfil the request; what is left is a tombstone for the counts.

    Raises ValidationError under a legal hold and while a matter is open.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=request.person_id)
    data = PersonalData.objects.select_for_update().get(pk=person.pk)
    if data.legal_hold:
        raise ValidationError(_("The data are under a legal hold and cannot be erased now."), code="hold")
    still_open = personal_data.open_matters(person)
    if still_open:
        raise ValidationError(
            _("A matter is still open: %(matters)s.") % {"matters": "、".join(still_open)}, code="open_matter"
        )
    personal_data.erase_all(person)
    for account in person.accounts.all():
        close_account(account, by=by)
    person.correct(fields={"born_on": None, "sex": Sex.UNKNOWN, "household": None}, by=by)
    person.ties.all().delete()
    person.ties_back.all().delete()
    data.take(name="", phone="", id_number="")
    data.erased_at = clock.now()
    data.save()
    person.data_requests.update(wish="")
    record("people.personaldata.erase", data, by=by, place_path=person.place_path)
    request.finish(by=by)
