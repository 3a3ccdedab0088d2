"""A merge is undone within seven days, exactly, where nothing has happened since; else it is refused in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from people.town import GOOD_ID, Town, account_of, enter

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.doubles import actions, queries
from linli.ground.doubles.models import Apart, Merge
from linli.ground.doubles.tasks import forget_merges
from linli.ground.people import actions as people
from linli.ground.people.models import Account, Kinship, Person, Relation
from linli.ground.residents import actions as residents
from linli.ground.residents import queries as register
from linli.ground.residents.models import RequestKind

from .conftest import Pair

COLUMNS = ("place", "household", "residence", "born_on", "sex", "electoral", "confirmed_at", "merged_into")


def state(pair: Pair) -> list[object]:
    """Both entries as they stand in the database."""
    found = [Person.objects.select_related("personal").get(pk=one.pk) for one in pair]
    data = [(one.personal.name, one.personal.phone, one.personal.id_number, one.personal.phone_index) for one in found]
    return [data, [[getattr(one, column) for column in COLUMNS] for one in found]]


def test_undone_both_entries_are_as_they_were(pair: Pair, town: Town) -> None:
    account = account_of(pair.lost, "13900000002")
    people.declare_kinship(enter(town.east, "李明"), pair.lost, relation=Relation.PARENT, by=SYSTEM)
    pair.lost.confirm(by=SYSTEM)
    before = state(pair)
    done = pair.merge(phone="lost", home="lost", residence="lost", electoral="lost")
    assert state(pair) != before
    actions.undo_merge(done, by=SYSTEM)
    assert state(pair) == before
    assert (Account.objects.get(pk=account.pk).person, Kinship.objects.get().relative) == (pair.lost, pair.lost)
    done = Merge.objects.get()
    assert (done.before, done.undone_at is None) == ("", False)
    assert Event.objects.filter(verb="people.person.undo_merge", subject=f"people.person:{pair.lost.pk}").count() == 1


def test_looking_is_nothing_new(pair: Pair) -> None:
    done = pair.merge()
    people.unmask(pair.kept, matter="people.person:1", by=SYSTEM)
    actions.undo_merge(done, by=SYSTEM)


def test_once_undone_it_may_be_merged_again_the_other_way(pair: Pair) -> None:
    done = pair.merge()
    actions.undo_merge(done, by=SYSTEM)
    with pytest.raises(ValidationError, match="cannot be undone any more"):
        actions.undo_merge(done, by=SYSTEM)
    Pair(pair.lost, pair.kept).merge()


def test_after_seven_days_it_is_final_and_forgotten(pair: Pair) -> None:
    done = pair.merge()
    assert queries.merges_of(pair.kept) == [done]
    for days, left in ((7, 1), (8, 0)):
        with clock.stopped_at(done.merged_at + timedelta(days=days)):
            assert len(queries.merges_of(pair.kept)) == left
    forget_merges(0)
    assert Merge.objects.exclude(before="").count() == 1
    with clock.stopped_at(done.merged_at + timedelta(days=8, minutes=1)):
        with pytest.raises(ValidationError, match="cannot be undone any more"):
            actions.undo_merge(done, by=SYSTEM)
        forget_merges(0)
    assert Merge.objects.exclude(before="").count() == 0


@pytest.mark.parametrize("news", ["correction", "phone", "relative", "request", "erasure", "merge"])
def test_what_happened_since_forbids_it(pair: Pair, town: Town, news: str) -> None:
    done, kept = pair.merge(), Person.objects.select_related("personal").get(pk=pair.kept.pk)
    other = enter(town.east, "李明")
    if news == "correction":
        kept.mark_left(on=clock.today(), by=SYSTEM)
    elif news == "phone":
        kept.personal.correct(name="王秀兰", phone="13900000009", id_number="", by=SYSTEM)
    elif news == "relative":
        people.declare_kinship(kept, other, relation=Relation.CHILD, by=SYSTEM)
    elif news == "merge":
        Pair(other, kept).merge()
    else:
        asked = residents.ask(kept, kind=RequestKind.ERASURE, by=SYSTEM)
        if news == "erasure":
            residents.erase(asked, by=SYSTEM)
    before = state(pair)
    with pytest.raises(ValidationError, match="cannot be undone"):
        actions.undo_merge(done, by=SYSTEM)
    assert state(pair) == before


def test_a_chain_is_undone_from_its_end(pair: Pair, town: Town) -> None:
    last = enter(town.east, "王秀兰")
    first = pair.merge()
    second = Pair(last, pair.kept).merge()
    with pytest.raises(ValidationError):
        actions.undo_merge(first, by=SYSTEM)
    actions.undo_merge(second, by=SYSTEM)
    assert Person.objects.get(pk=pair.lost.pk).merged_into == pair.kept


def test_an_identity_number_that_somebody_else_has_by_now_forbids_it(pair: Pair, town: Town) -> None:
    data = pair.lost.personal
    data.correct(name=data.name, phone=data.phone, id_number=GOOD_ID, by=SYSTEM)
    done = pair.merge(id_number="kept")
    enter(town.east, "王兰", id_number=GOOD_ID)
    before = state(pair)
    with pytest.raises(ValidationError, match="cannot be undone"):
        actions.undo_merge(done, by=SYSTEM)
    assert state(pair) == before


def test_two_people_are_kept_apart_once_whichever_is_named_first(pair: Pair, town: Town) -> None:
    for one, other in ((pair.kept, pair.lost), (pair.lost, pair.kept)):
        actions.keep_apart(one, other, by=SYSTEM)
    assert (Apart.objects.count(), str(Apart.objects.get())) == (1, f"{pair.kept.pk} ≠ {pair.lost.pk}")
    assert Event.objects.filter(verb="people.person.keep_apart").count() == 1
    with pytest.raises(IntegrityError):
        Apart.objects.create(one=pair.lost, other=pair.kept)


def test_the_lost_entry_shows_nowhere_in_the_register(pair: Pair) -> None:
    pair.merge()
    assert list(register.residents_of(SYSTEM, "王秀兰")) == [pair.kept]
    assert list(register.residents_of(SYSTEM, "13900000002")) == []
