"""The first administrator of a real city: account and post, both or neither."""

import io

import pytest
from django.core.management import CommandError, call_command

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.organisations.models import Body, Holding
from linli.ground.people.models import Account
from linli.ground.places import queries as places
from linli.ground.places.actions import open_city


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_ADMIN_PASSWORD", "a-long-pass-phrase-7")


@pytest.fixture
def wuhai(db: None) -> None:
    open_city(code="1503", is_demo=False, by=SYSTEM)
    yield
    places._cities.clear()


def create(username: str) -> str:
    out = io.StringIO()
    call_command("create_administrator", "--username", username, "--name", "高俊杰", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("wuhai", "password")
def test_create_administrator_gives_account_and_post() -> None:
    said, onward = create("root").splitlines()
    assert (said, "/people/sign-in/staff/" in onward) == ("root: 乌海市人民政府", True)
    holding = Holding.objects.on(clock.today()).get(person=Account.objects.get(username="root").person)
    assert (holding.post.role, holding.post.body.place.path) == ("administrator", "1503")
    assert Body.objects.filter(kind__code="department", parent=holding.post.body).count() == 27
    assert Body.objects.get(kind__code="reviewing_office").parent == holding.post.body


@pytest.mark.usefixtures("wuhai", "password")
def test_a_second_administrator_sits_in_the_same_government() -> None:
    create("root")
    create("deputy")
    assert Body.objects.filter(kind__code="city_government").count() == 1


@pytest.mark.usefixtures("wuhai")
def test_a_weak_password_makes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_ADMIN_PASSWORD", "12345")
    with pytest.raises(CommandError):
        create("root")
    assert not Account.objects.filter(username="root").exists()


@pytest.mark.usefixtures("db", "password")
def test_without_a_city_it_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="--city"):
        create("root")


@pytest.mark.usefixtures("wuhai", "password")
def test_a_user_name_that_is_taken_is_named() -> None:
    create("root")
    with pytest.raises(CommandError, match="root is taken"):
        create("root")


@pytest.mark.usefixtures("wuhai")
def test_a_password_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["Lotus-gate-47", "Lotus-gate-48", "Lotus-gate-47", "Lotus-gate-47"])
    monkeypatch.setattr("getpass.getpass", lambda _asked: next(typed))
    with pytest.raises(CommandError, match="differ"):
        create("root")
    create("root")
    assert Account.objects.get(username="root").check_password("Lotus-gate-47")


@pytest.mark.usefixtures("wuhai")
def test_without_a_terminal_it_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_asked: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    with pytest.raises(CommandError, match="LINLI_ADMIN_PASSWORD"):
        create("root")


@pytest.mark.usefixtures("wuhai", "password")
@pytest.mark.parametrize(
    ("given", "missing"), [(["--name", "高俊杰"], "--username"), (["--username", "root"], "--name")]
)
def test_without_a_terminal_it_names_the_option(
    given: list[str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match=f"give {missing}"):
        call_command("create_administrator", *given)
