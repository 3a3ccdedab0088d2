"""Two entries made one: what stays is picked, all that hung on the lost entry follows, nothing counts twice, nothing leaks."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from people.town import GOOD_ID, WOMAN_ID, Town, account_of, enter, post

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref, resolve
from linli.ground.doubles import queries
from linli.ground.doubles.models import Merge
from linli.ground.figures import queries as who
from linli.ground.people import actions as people
from linli.ground.people.models import Account, AccountKind, Kinship, PersonalData, Relation
from linli.ground.people.models import Person as Resident
from linli.ground.residents import actions as residents
from linli.ground.residents import personal_data
from linli.ground.residents import queries as register
from linli.ground.residents.models import DataRequest, HoldBasis, RequestKind

from .conftest import REASON, Pair


def fresh(person: Resident) -> Resident:
    return Resident.objects.select_related("personal", "household").get(pk=person.pk)


def test_every_column_that_points_to_a_person_says_how_it_follows() -> None:
    pointing = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Resident and not model._meta.proxy
    }
    assert personal_data.columns() == pointing


def test_what_is_picked_stays_and_the_lost_entry_becomes_a_pointer(pair: Pair) -> None:
    pair.merge(phone="lost", residence="kept", home="lost", electoral="lost")
    kept, lost = fresh(pair.kept), fresh(pair.lost)
    assert (kept.name, kept.personal.phone, kept.residence, kept.electoral) == (
        "王秀兰", "13900000002", "registered", "registered",
    )  # fmt: skip
    assert (kept.place, kept.household.address) == (pair.lost.place, "3号楼502")
    assert (lost.merged_into, lost.name, lost.personal.phone, lost.personal.phone_index) == (kept, "王秀兰", "", "")


def test_the_other_identity_number_may_stay(pair: Pair) -> None:
    for person, number in zip(pair, (GOOD_ID, WOMAN_ID), strict=True):
        data = person.personal
        data.correct(name=data.name, phone=data.phone, id_number=number, by=SYSTEM)
    pair.merge(id_number="lost")
    assert [fresh(one).personal.id_number for one in pair] == [WOMAN_ID, ""]


def test_a_merge_counts_the_person_once(pair: Pair, town: Town) -> None:
    day = date(1950, 1, 1)
    Resident.objects.filter(pk__in=[one.pk for one in pair]).update(born_on=day, electoral="registered")
    assert [one.number for one in who.figures(town.town.path, clock.today()).values()] == [2, 2, 2]
    pair.merge()
    assert [one.number for one in who.figures(town.town.path, clock.today()).values()] == [1, 1, 1]
    keeper = post(RoleCode.WORKER, town.east.path)
    assert [list(register.residents_of(keeper, text)) for text in ("", "王秀兰")] == [[pair.kept]] * 2


def test_the_log_knows_of_the_merge_but_not_whose_or_why(pair: Pair) -> None:
    pair.merge(phone="lost")
    event = Event.objects.get(verb="people.person.merge")
    assert (event.subject, event.data) == (ref(pair.lost), {"merged_into_id": [None, pair.kept.pk]})
    said = str(list(Event.objects.values_list("data", flat=True)))
    assert [secret for secret in ("王秀兰", "139000", "502", REASON) if secret in said] == []
    made = Merge.objects.get()
    assert (made.reason, "13900000002" in made.before, str(made)) == (REASON, True, made.reference)


def test_relatives_follow_without_standing_twice(pair: Pair, town: Town) -> None:
    son, sister = enter(town.east, "李明"), enter(town.east, "王秀芝")
    for person, relative, relation in [
        (pair.kept, son, Relation.CHILD),
        (son, pair.lost, Relation.PARENT),
        (pair.lost, sister, Relation.SIBLING),
        (pair.kept, pair.lost, Relation.SPOUSE),
    ]:
        people.declare_kinship(person, relative, relation=relation, by=SYSTEM)
    assert "declared relatives" in queries.doubts(*pair)[-1]
    assert personal_data.moving(pair.lost, pair.kept) == [("kinship", 1)]
    pair.merge()
    assert [one.pk for one, _relation in register.kin_of(pair.kept)] == [son.pk, sister.pk]
    assert [one.pk for one, _relation in register.kin_of(son)] == [pair.kept.pk]
    assert Kinship.objects.count() == 4


def test_account_consents_requests_and_looks_follow(pair: Pair, town: Town) -> None:
    account = account_of(pair.lost, "13900000002")
    people.give_consent(pair.kept, purpose="survey", notice="1", by=SYSTEM)
    people.withdraw_consent(pair.kept, purpose="survey", by=SYSTEM)
    people.give_consent(pair.lost, purpose="survey", notice="2", by=SYSTEM)
    asked = residents.ask(pair.lost, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    people.unmask(pair.lost, matter="people.person:1", by=post(RoleCode.WORKER, town.east.path))
    pair.merge()
    assert Account.objects.get(pk=account.pk).person == pair.kept
    assert [(line.notice, line.given) for line in register.consents_of(pair.kept)] == [("2", True)]
    assert len(personal_data.consent_rows(pair.kept)) == 3
    assert DataRequest.objects.get(pk=asked.pk).person == pair.kept
    assert [look.who for look in register.looks_at(pair.kept, SYSTEM)] == ["a member of staff"]
    people.withdraw_consent(pair.kept, purpose="survey", by=SYSTEM)
    assert [line.given for line in register.consents_of(pair.kept)] == [False]


def test_a_reference_to_the_lost_entry_leads_to_the_kept_one(pair: Pair) -> None:
    pair.merge()
    found = resolve([ref(pair.lost)], SYSTEM)[ref(pair.lost)]
    assert (found.title, found.url) == ("王某某", f"/residents/{pair.kept.pk}/")


def test_a_third_entry_is_merged_and_all_pointers_lead_to_the_last(pair: Pair, town: Town) -> None:
    last = enter(town.east, "王秀兰")
    pair.merge()
    Pair(last, pair.kept).merge()
    assert [fresh(one).merged_into for one in (*pair, last)] == [last, last, None]


def test_two_accounts_are_told_apart_first(pair: Pair) -> None:
    mine, other = account_of(pair.kept, "13900000001"), account_of(pair.lost, "13900000002")
    with pytest.raises(ValidationError, match="the other one must be closed first"):
        pair.merge()
    people.close_account(mine, by=SYSTEM)
    with pytest.raises(ValidationError, match="Keep the other entry instead"):
        pair.merge()
    Pair(pair.lost, pair.kept).merge()
    persons = [Account.objects.get(pk=one.pk).person for one in (mine, other)]
    assert persons == [pair.kept, pair.lost]


def test_the_delegate_of_a_body_stays_its_delegate(pair: Pair) -> None:
    account_of(pair.kept, "13900000001")
    delegated = Account.objects.create(
        kind=AccountKind.LEGAL_BODY, title="湖东小学", username="school", person=pair.lost
    )
    pair.merge()
    assert Account.objects.get(pk=delegated.pk).person == pair.kept


def test_two_requests_of_a_kind_are_decided_first(pair: Pair) -> None:
    asked = [residents.ask(one, kind=RequestKind.ERASURE, by=SYSTEM) for one in pair]
    with pytest.raises(ValidationError, match="Decide one of the two first"):
        pair.merge()
    asked[0].finish(by=SYSTEM)
    pair.merge()


def test_held_erased_and_merged_entries_are_not_merged(pair: Pair, town: Town) -> None:
    review = clock.today() + timedelta(days=1)
    held = residents.hold(pair.lost, basis=HoldBasis.AUDIT, reason="巡察", review_on=review, by=SYSTEM)
    with pytest.raises(ValidationError, match="Lift the hold first"):
        pair.merge()
    residents.lift(held, reason="巡察结束", by=SYSTEM)
    gone = enter(town.east)
    residents.erase(residents.ask(gone, kind=RequestKind.ERASURE, by=SYSTEM), by=SYSTEM)
    with pytest.raises(ValidationError, match="erased"):
        Pair(pair.kept, gone).merge()
    pair.merge()
    for again in (pair, Pair(pair.lost, pair.kept), Pair(pair.kept, pair.kept)):
        with pytest.raises(ValidationError, match="merged already"):
            again.merge()


def test_nobody_dies_before_they_were_born_by_a_merge(pair: Pair) -> None:
    Resident.objects.filter(pk=pair.kept.pk).update(born_on=date(1990, 1, 1))
    Resident.objects.filter(pk=pair.lost.pk).update(died_on=date(1980, 1, 1))
    with pytest.raises(ValidationError, match="before the day of birth"):
        pair.merge(died_on="lost")


def test_erasure_takes_the_merged_entries_with_it(pair: Pair, town: Town) -> None:
    pair.merge()
    residents.erase(residents.ask(pair.kept, kind=RequestKind.ERASURE, by=SYSTEM), by=SYSTEM)
    left = PersonalData.objects.filter(pk__in=[one.pk for one in pair]).values_list("name", "phone", "id_number")
    assert list(left) == [("", "", "")] * 2
    assert list(Merge.objects.values_list("reason", "before")) == [("", "")]


def test_the_copy_of_ones_data_says_which_entries_were_made_one(pair: Pair) -> None:
    pair.merge()
    parts = dict(residents.export(residents.ask(pair.kept, kind=RequestKind.EXPORT, by=SYSTEM), by=SYSTEM))
    assert [row["reason"] for row in parts["Entries made one"]] == [REASON]


def test_confirmation_of_either_entry_holds_for_both(pair: Pair) -> None:
    pair.lost.confirm(by=SYSTEM)
    pair.merge()
    assert fresh(pair.kept).confirmed_at is not None


def test_what_speaks_against_one_person_is_said_and_the_keeper_decides(pair: Pair) -> None:
    for one, number, sex, day in zip(pair, (GOOD_ID, WOMAN_ID), ("male", "female"), (1990, 1960), strict=True):
        Resident.objects.filter(pk=one.pk).update(sex=sex, born_on=date(day, 3, 7), left_on=date(2026, 5, 1))
        data = one.personal
        data.correct(name=data.name, phone=data.phone, id_number=number, by=SYSTEM)
    kept, lost = (fresh(one) for one in pair)
    assert [told.split()[0] for told in queries.doubts(kept, lost)] == ["Both", "The", "One"]
    masked, full = ({row.name: row for row in queries.compare(kept, lost, full=full)} for full in (False, True))
    assert (masked["born_on"].kept, full["born_on"].lost) == ("in 1990", "1960-03-07")
    assert (masked["left_on"].kept, masked["died_on"].empty, masked["sex"].filled) == ("2026-05-01", True, "")
    pair.merge(born_on="lost")
