"""Codes: sent within limits, tried five times, used once, worth nothing for another purpose."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.people import actions, identity, queries
from linli.ground.people.models import PhoneCode, Purpose, RecoveryCode, SecondFactor

from .town import Town, enter

NOON = datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = "13900000001"


def send(at: datetime = NOON, phone: str = PHONE, address: str = "", purpose: Purpose = Purpose.SIGN_IN) -> str:
    with clock.stopped_at(at):
        sent = actions.send_code(phone=phone, purpose=purpose, address=address)
    return sent.message.split()[1]


def prove(code: str, at: datetime = NOON, purpose: Purpose = Purpose.SIGN_IN) -> str:
    with clock.stopped_at(at):
        return actions.prove_code(phone=PHONE, code=code, purpose=purpose)


def refused(*args: object, **kwargs: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        prove(*args, **kwargs)
    return refusal.value.messages[0]


@pytest.mark.django_db
def test_a_code_proves_the_phone_once() -> None:
    code = send()
    assert prove(f" {code} ") == queries.contact_of("+86 139 0000 0001")
    assert refused(code) == "This code is used up or older than 5 minutes. Please ask for a new one."


@pytest.mark.django_db
def test_a_code_may_be_typed_in_wide_figures_and_groups() -> None:
    code = send()
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in code)
    assert prove(f"{wide[:3]}\u3000{wide[3:]} ") == queries.contact_of("１３９ ００００ ０００１")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "١٢٣٤٥٦٧", ""])
def test_what_is_no_code_at_all_costs_no_try(typed: str) -> None:
    code = send()
    assert refused(typed) == "A code has six figures; please compare it with the message."
    assert (PhoneCode.objects.get().tries, prove(code) == "") == (0, False)


@pytest.mark.django_db
def test_a_code_leaves_neither_phone_nor_figures_in_the_log() -> None:
    code = send()
    event = Event.objects.get(verb="people.phonecode.send")
    assert event.data == {"purpose": "sign_in"}
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="people.send_code")] == [
        {"code": PhoneCode.objects.get().pk}
    ]
    assert code not in PhoneCode.objects.values_list("digest", flat=True)


@pytest.mark.django_db
def test_a_code_expires_after_five_minutes() -> None:
    code = send()
    assert (
        refused(code, at=NOON + timedelta(minutes=5))
        == "This code is used up or older than 5 minutes. Please ask for a new one."
    )
    assert prove(code, at=NOON + timedelta(minutes=4, seconds=59)) != ""


@pytest.mark.django_db
def test_five_wrong_tries_use_a_code_up() -> None:
    code = send()
    wrong = "000000" if code != "000000" else "111111"
    assert [refused(wrong) for _try in range(5)] == [
        "The code is wrong; tries left: 4.",
        "The code is wrong; tries left: 3.",
        "The code is wrong; tries left: 2.",
        "The code is wrong; tries left: 1.",
        "The code was wrong 5 times. Please ask for a new one.",
    ]
    assert refused(code) == "This code is used up or older than 5 minutes. Please ask for a new one."


@pytest.mark.django_db
def test_only_the_newest_code_counts_and_only_for_its_purpose() -> None:
    first = send()
    second = send(at=NOON + timedelta(minutes=1))
    later = NOON + timedelta(minutes=2)
    assert (
        refused(second, at=later, purpose=Purpose.CONFIRM)
        == "This code is used up or older than 5 minutes. Please ask for a new one."
    )
    if first != second:
        assert refused(first, at=later) == "The code is wrong; tries left: 4."
    assert prove(second, at=later) != ""


@pytest.mark.django_db
def test_a_phone_gets_one_code_a_minute() -> None:
    send()
    with pytest.raises(ValidationError) as refusal:
        send(at=NOON + timedelta(seconds=20))
    assert refusal.value.messages == ["You can ask for another code in 40 s."]
    send(at=NOON + timedelta(seconds=60))


@pytest.mark.django_db
def test_a_phone_gets_ten_codes_a_day() -> None:
    for minute in range(10):
        send(at=NOON + timedelta(minutes=minute))
    with pytest.raises(ValidationError) as refusal:
        send(at=NOON + timedelta(hours=1))
    assert refusal.value.messages == [
        "This phone has had 10 codes within a day. Try again after 05-02 12:00, or ring 12345."
    ]
    send(at=NOON + timedelta(days=1))


@pytest.mark.django_db
def test_a_network_gets_ten_codes_a_minute_and_two_hundred_a_day() -> None:
    for number in range(10):
        send(phone=f"1390000{number:04}", address="10.0.0.7")
    with pytest.raises(ValidationError) as refusal:
        send(phone="13900009999", address="10.0.0.7")
    assert refusal.value.messages == ["You can ask for another code in 60 s."]
    send(phone="13900009999", address="10.0.0.8")
    source = PhoneCode.objects.first().address
    old = [
        PhoneCode(
            contact="x",
            address=source,
            purpose="sign_in",
            digest="x",
            sent_at=NOON + timedelta(minutes=5),
            expires_at=NOON,
        )
        for _number in range(190)
    ]
    PhoneCode.objects.bulk_create(old)
    with pytest.raises(ValidationError) as refusal:
        send(at=NOON + timedelta(hours=2), phone="13900009998", address="10.0.0.7")
    assert refusal.value.messages == [
        "Too many codes were asked for from this network. Try again after 05-02 12:00, or ring 12345."
    ]


def factor_of(town: Town) -> SecondFactor:
    account = actions.create_staff_account(username="liu", password="qu1te-long-enough", name="刘洋", by=_system())
    return actions.begin_second_factor(account)


def _system() -> object:
    from linli.ground.authority.actors import SYSTEM

    return SYSTEM


def shown(factor: SecondFactor, at: datetime) -> str:
    """What the authenticator app shows."""
    return factor._totp().generate(int(at.timestamp())).decode()


def test_the_second_factor_is_set_up_with_its_first_code(town: Town) -> None:
    factor = factor_of(town)
    assert actions.begin_second_factor(factor.account).secret == factor.secret
    assert factor.address("邻里").startswith("otpauth://totp/")
    with clock.stopped_at(NOON):
        with pytest.raises(ValidationError):
            actions.confirm_second_factor(factor.account, code="no", by=_system())
        spare = actions.confirm_second_factor(factor.account, code=shown(factor, NOON), by=_system())
        with pytest.raises(ValidationError):
            actions.confirm_second_factor(
                factor.account, code=shown(factor, NOON + timedelta(seconds=30)), by=_system()
            )
    assert (len(spare), RecoveryCode.objects.filter(digest__in=spare).count()) == (10, 0)
    assert (str(factor), str(RecoveryCode.objects.first())) == (
        f"second factor of {factor.pk}",
        f"recovery code of {factor.pk}",
    )


def test_each_code_of_the_app_and_each_recovery_code_works_once(town: Town) -> None:
    factor = factor_of(town)
    later = NOON + timedelta(minutes=1)
    with clock.stopped_at(NOON):
        spare = actions.confirm_second_factor(factor.account, code=shown(factor, NOON), by=_system())
    with clock.stopped_at(later):
        actions.check_second_factor(factor.account, shown(factor, later))
        with pytest.raises(ValidationError):
            actions.check_second_factor(factor.account, shown(factor, later))
        actions.check_second_factor(factor.account, f"{spare[0][:4]}-{spare[0][4:]}".lower())
        with pytest.raises(ValidationError):
            actions.check_second_factor(factor.account, spare[0])


def test_five_wrong_second_factors_wait_a_quarter_of_an_hour(town: Town) -> None:
    factor = factor_of(town)
    with clock.stopped_at(NOON):
        actions.confirm_second_factor(factor.account, code=shown(factor, NOON), by=_system())
        said = []
        for _try in range(6):
            with pytest.raises(ValidationError) as refusal:
                actions.check_second_factor(factor.account, "000")
            said.append(refusal.value.messages[0])
    assert said[0] == "The code is wrong; tries left: 4."
    assert said[4:] == ["Too many wrong codes. Try again after 12:15."] * 2
    later = NOON + timedelta(minutes=15)
    with clock.stopped_at(later):
        actions.check_second_factor(factor.account, shown(factor, later))


def test_a_phone_stands_behind_one_account(town: Town) -> None:
    contact = identity.phone_index(PHONE)
    assert (queries.account_of_contact(""), queries.account_of_contact(contact)) == (None, None)
    person = enter(town.east, phone=PHONE)
    from .town import account_of

    account = account_of(person, PHONE)
    assert queries.account_of_contact(contact) == account
    assert (queries.staff_account(""), queries.staff_account("nobody")) == (None, None)
