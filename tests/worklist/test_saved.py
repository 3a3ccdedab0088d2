"""A filter is kept under a name, shared with the body, let go by whose it is."""

import pytest
from cases.conftest import Town
from django.db import IntegrityError

from linli.flows.worklist import actions
from linli.flows.worklist.models import SavedFilter
from linli.flows.worklist.queries import Filter, saved_of
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event

LATE = Filter(status="received", due="overdue")


def kept(town: Town, name: str = "我的逾期", *, who: str = "worker", is_shared: bool = False) -> SavedFilter:
    return actions.save(asked=LATE, name=name, is_shared=is_shared, by=town.actor(who))


def test_a_filter_is_kept_and_stands_as_a_tab_with_its_count(town: Town) -> None:
    worker = town.client("worker")
    assert worker.get("/cases/filters/save/?status=received").status_code == 200
    answer = worker.post("/cases/filters/save/?status=received&page=x", {"name": "待受理"}, follow=True)
    assert answer.redirect_chain == [("/cases/?status=received", 302)]
    town.receive()
    tabs = worker.get("/cases/?status=received").context["found"].tabs
    assert [(tab.saved.name, tab.count.number, tab.is_current) for tab in tabs] == [("待受理", 1, True)]


def test_nothing_asked_is_nothing_to_keep(town: Town) -> None:
    answer = town.client("worker").post("/cases/filters/save/", {"name": "全部"})
    assert (answer["Location"], SavedFilter.objects.count()) == ("/cases/", 0)


def test_a_name_is_kept_once_by_each(town: Town) -> None:
    kept(town)
    kept(town, who="mate")
    answer = town.client("worker").post("/cases/filters/save/?status=received", {"name": "我的逾期"})
    assert (answer.status_code, "您已有同名的常用筛选" in answer.content.decode()) == (422, True)
    with pytest.raises(IntegrityError):
        kept(town)


def test_what_is_shared_is_seen_by_the_other_posts_of_the_body_alone(town: Town) -> None:
    saved = kept(town)
    assert [saved_of(town.actor(name)) for name in ("mate", "officer")] == [[], []]
    worker = town.client("worker")
    worker.post(f"/cases/filters/{saved.reference}/share/")
    assert [[one.pk for one, _its in saved_of(town.actor(name))] for name in ("mate", "officer")] == [[saved.pk], []]
    mate = town.client("mate")
    assert "本单位同事共享" in mate.get("/cases/filters/").content.decode()
    assert mate.post(f"/cases/filters/{saved.reference}/remove/").status_code == 403
    worker.post(f"/cases/filters/{saved.reference}/unshare/")
    assert saved_of(town.actor("mate")) == []
    assert saved_of(SYSTEM) == []


def test_one_s_own_stand_first(town: Town) -> None:
    theirs = kept(town, "共享的", who="mate", is_shared=True)
    mine = kept(town)
    assert [one for one, _its in saved_of(town.actor("worker"))] == [mine, theirs]


def test_it_is_renamed_and_let_go(town: Town) -> None:
    saved, worker = kept(town), town.client("worker")
    address = f"/cases/filters/{saved.reference}"
    assert worker.get(f"{address}/rename/").status_code == 200
    assert worker.post(f"{address}/rename/", {"name": ""}).status_code == 422
    worker.post(f"{address}/rename/", {"name": "今天要办"})
    saved.refresh_from_db()
    assert str(saved) == "今天要办"
    worker.post(f"{address}/remove/")
    assert SavedFilter.objects.count() == 0


def test_the_log_holds_no_name_of_a_filter(town: Town) -> None:
    saved = kept(town)
    saved.rename(name="张女士的事", by=town.actor("worker"))
    actions.remove(saved, by=town.actor("worker"))
    said = Event.objects.filter(verb__startswith="worklist.").order_by("pk").values_list("verb", "data")
    body = town.actor("worker").post.body
    assert list(said) == [
        ("worklist.savedfilter.save", {"body": body, "is_shared": False}),
        ("worklist.savedfilter.rename", {"name": None}),
        ("worklist.savedfilter.remove", {"body": body}),
    ]
