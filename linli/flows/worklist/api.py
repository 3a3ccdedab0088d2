"""The list of cases for programs, as the page has it: one filter, steps on many, filters kept, files. It stands under /api/cases/."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from django.http import FileResponse, HttpRequest
from ninja import Field, Query, Router, Schema
from ninja import Status as Answer
from ninja.errors import HttpError

from linli.commons.deadlines.queries import standings
from linli.commons.routing.models import ServiceField, Urgency
from linli.flows.cases.api import CaseOut
from linli.flows.cases.models import Case, CaseQuerySet, Channel, Status, ratings_of
from linli.flows.cases.rules import may_list
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import FAULTS, Out, Seen, guarded
from linli.ground.core.paging import Page
from linli.ground.ui.sheets import stored

from . import actions, rules
from .forms import SaveForm
from .models import Export, ExportStatus, Format, SavedFilter
from .queries import Filter, Part, names_of, saved_of
from .queries.filters import DAYS, LONGEST
from .queries.listing import MOST, page_for
from .queries.picked import Picked, picked_of, takers_for

SHOWN: Final = (
    *("reference", "version", "status", "answers", "channel", "text", "where", "lead_by", "ground", "returns"),
    *("is_final", "round", "received_at", "accepted_at", "answered_at", "closed_at", "category__field"),
    *("category__code", "place__path", "lead__name", "lead__kind__code", "route__reason"),
)
"""What `CaseOut` reads; a page of cases brings nothing else."""
router = Router(tags=["cases"])
Name = Annotated[str, Field(min_length=1, max_length=20, pattern=r"\S")]
Day = Annotated[date, Field(ge=DAYS[0], le=DAYS[1])]


class Asked(Schema):
    """What is asked of the list; all of it has to hold."""

    q: Annotated[
        str, Field(max_length=LONGEST, description="words of the text, of where it is or of the place; or a reference")
    ] = ""
    status: Status | Literal["open"] | None = None
    due: Literal["overdue", "today", "week"] | None = Field(None, description="how soon what is owed next is due")
    part: Part | None = Field(None, description="what the body of the caller's post has to do with it")
    place: Annotated[str, Field(pattern=r"^\d{2,15}$", description="code of a place; all below it too")] | None = None
    field: ServiceField | None = None
    category: Annotated[str, Field(max_length=40, description="code of a category of needs")] | None = None
    lead: Annotated[str, Field(max_length=20, description="reference of the body that leads")] | None = None
    urgency: Urgency | None = None
    channel: Channel | None = None
    since: Day | None = Field(None, description="first day of receipt, in the city's time")
    until: Day | None = Field(None, description="last day of receipt")
    returned: bool = Field(default=False, description="sent back at least once")

    @property
    def filter(self) -> Filter:
        """The filter that the page has too."""
        asked = {name: value for name, value in self.dict().items() if value}
        return Filter.of({name: "1" if value is True else str(value) for name, value in asked.items()})


class CasePage(Out):
    """One page of cases; `next` is the token of the following one."""

    items: list[CaseOut]
    next: str | None


@router.get("/", response=FAULTS | {200: CasePage})
@guarded(may_list)
def index(
    request: HttpRequest,
    asked: Query[Asked],
    after: Annotated[str, Field(max_length=200)] = "",
    size: Annotated[int, Field(ge=1, le=100)] = 30,
) -> Page[Case]:
    """List the cases that the caller may see and the filter leaves, newest first."""
    page = page_for(actor_of(request), asked.filter, _in_full, token=after, size=size)
    known, judged = standings(page.items), ratings_of(page.items)
    for case in page.items:
        case.standing, case.ratings = known[case.pk], judged[case.pk]
    return page


def _in_full(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("place", "lead__kind", "category", "route").only(*SHOWN)


class SeenCase(Seen):
    """One of the cases, in the version that the caller has seen."""

    reference: Annotated[str, Field(max_length=20)]


class Many(Schema):
    """Cases on which one step is to be taken."""

    cases: Annotated[list[SeenCase], Field(min_length=1, max_length=MOST)]


class ManyNoted(Many):
    """Cases and the note for each."""

    text: Annotated[str, Field(min_length=2, max_length=2000, pattern=r"\S")]


class ManyGiven(Many):
    """Cases and who is to lead them."""

    body: Annotated[str, Field(max_length=20, description="reference of the body")]


class Became(Schema):
    """What became of one case; `missing` for one that the caller may not see."""

    reference: str
    outcome: Literal["done", "changed", "refused", "forbidden", "missing"]


class FilterOut(Out):
    """A saved filter; `query` is what stands behind the question mark of the list."""

    reference: str
    name: str
    query: str
    is_shared: bool


class FilterIn(Asked):
    """A filter to keep, with what it asks."""

    name: Name
    is_shared: bool = False

    @property
    def filter(self) -> Filter:
        """What it asks, without its name."""
        return Asked(**self.dict(exclude={"name", "is_shared"})).filter


class NameIn(Schema):
    """The new name of a filter."""

    name: Name


class ExportIn(Asked):
    """A file that is wanted of what a filter shows."""

    format: Format


class ExportOut(Out):
    """A file and how far it is."""

    reference: str
    format: Format
    status: ExportStatus
    rows: int
    total: int | None
    expires_at: datetime | None


@router.post("/together/accept", response=FAULTS | {200: list[Became]})
@guarded(rules.may_accept)
def accept(request: HttpRequest, said: Many) -> list[Became]:
    """Take several cases on: each for itself, and the answer says what became of each."""
    picked = _picked(actor_of(request), "accept", said)
    return _became(said, actions.accept(_versions(picked), by=actor_of(request)))


@router.post("/together/assign", response=FAULTS | {200: list[Became]})
@guarded(rules.may_assign)
def assign(request: HttpRequest, said: ManyGiven) -> list[Became]:
    """Give several cases that nobody has accepted yet to a lead that may take them all."""
    picked = _picked(actor_of(request), "assign", said)
    takers = takers_for([one.case for one in picked]) if picked else []
    body = next((one for one in takers if one.reference == said.body), None)
    if picked and body is None:
        raise HttpError(422, "body: it cannot take these cases")
    return _became(said, actions.assign(_versions(picked), body=body, by=actor_of(request)) if body else [])


@router.post("/together/note", response=FAULTS | {200: list[Became]})
@guarded(rules.may_note)
def note(request: HttpRequest, said: ManyNoted) -> list[Became]:
    """Write one note on several cases."""
    picked = _picked(actor_of(request), "note", said)
    return _became(said, actions.note(_versions(picked), text=said.text, by=actor_of(request)))


def _picked(actor: Actor, verb: str, said: Many) -> list[Picked]:
    return picked_of(actor, verb, [f"{one.reference}.{one.version}" for one in said.cases])


def _versions(picked: list[Picked]) -> list[tuple[Case, int]]:
    return [(one.case, one.version) for one in picked]


def _became(said: Many, results: list[actions.Result]) -> list[Became]:
    outcomes = {one.case.reference: one.outcome.value for one in results}
    told = ({"reference": one.reference, "outcome": outcomes.get(one.reference, "missing")} for one in said.cases)
    return [Became.model_validate(one) for one in told]


@router.get("/filters/", response=FAULTS | {200: list[FilterOut]})
@guarded(rules.may_save)
def filters(request: HttpRequest) -> list[SavedFilter]:
    """List the saved filters that the caller's post sees, their own first."""
    return [saved for saved, _asked in saved_of(actor_of(request))]


@router.post("/filters/save", response=FAULTS | {200: FilterOut})
@guarded(rules.may_save)
def save(request: HttpRequest, said: FilterIn) -> SavedFilter:
    """Keep a filter under a name."""
    actor = actor_of(request)
    if not said.filter:
        raise HttpError(422, "a filter has to ask for something")
    typed = _named(said.name, names_of(actor), is_shared=said.is_shared)
    return actions.save(asked=said.filter, **typed, by=actor)


@router.post("/filters/{reference}/rename", response=FAULTS | {200: FilterOut})
@guarded(rules.may_rename, thing=SavedFilter)
def rename(request: HttpRequest, saved: SavedFilter, said: NameIn) -> SavedFilter:
    """Give a saved filter another name."""
    typed = _named(said.name, names_of(actor_of(request)) - {saved.name})
    saved.rename(name=typed["name"], by=actor_of(request))
    return saved


def _named(name: str, taken: set[str], **more: object) -> dict[str, Any]:
    """Return what the form makes of a name; raises HttpError for one that is taken."""
    form = SaveForm({"name": name, **more}, taken=taken)
    if not form.is_valid():
        raise HttpError(422, "; ".join(f"{field}: {errors[0]}" for field, errors in form.errors.items()))
    return form.cleaned_data


@router.post("/filters/{reference}/share", response=FAULTS | {200: FilterOut})
@guarded(rules.may_share, thing=SavedFilter)
def share(request: HttpRequest, saved: SavedFilter) -> SavedFilter:
    """Let the other posts of the body see it."""
    saved.share(by=actor_of(request))
    return saved


@router.post("/filters/{reference}/unshare", response=FAULTS | {200: FilterOut})
@guarded(rules.may_unshare, thing=SavedFilter)
def unshare(request: HttpRequest, saved: SavedFilter) -> SavedFilter:
    """Keep it to oneself again."""
    saved.unshare(by=actor_of(request))
    return saved


@router.post("/filters/{reference}/remove", response=FAULTS | {204: None})
@guarded(rules.may_remove, thing=SavedFilter)
def remove(request: HttpRequest, saved: SavedFilter) -> Answer[None]:
    """Let it go; the cases are not touched."""
    actions.remove(saved, by=actor_of(request))
    return Answer(204, None)


@router.post("/export", response=FAULTS | {200: ExportOut})
@guarded(rules.may_export)
def export(request: HttpRequest, said: ExportIn) -> Export:
    """Ask for a file of what a filter shows; `follow` says how far it is."""
    asked = Asked(**said.dict(exclude={"format"})).filter
    return actions.ask(asked=asked, format=said.format, by=actor_of(request))


@router.get("/export/{reference}", response=FAULTS | {200: ExportOut})
@guarded(rules.may_follow, thing=Export)
def follow(request: HttpRequest, export: Export) -> Export:  # noqa: ARG001 (the guard loads by it)
    """Say how far a file is."""
    return export


@router.get("/export/{reference}/download", response=FAULTS | {200: None})
@guarded(rules.may_download, thing=Export)
def download(request: HttpRequest, export: Export) -> FileResponse:  # noqa: ARG001
    """Hand the file out once it is ready."""
    return stored(export.stored_as, name=export.file_name, is_csv=export.format == Format.CSV)
