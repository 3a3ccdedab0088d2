"""Lists page by key: nothing is skipped or shown twice, whatever the order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.ground.authority.actors import VISITOR, Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.pages import First, worded_page
from linli.ground.core.paging import Page, capped_count, page_of

MOMENTS = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=number) for number in range(4)]


def labelled(_actor: Actor, _first: First, **chosen: str) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(**chosen)


def both(keys: tuple[str, ...], token: str, size: int) -> Page[ApiToken]:
    """Return a page of the tokens, the same whether it is worded anew or once."""
    page = page_of(ApiToken.objects.filter(label="desk"), keys=keys, token=token, size=size)
    assert worded_page(labelled, VISITOR, keys=keys, token=token, size=size, label="desk") == page
    return page


def tokens(moments: list[datetime]) -> None:
    ApiToken.objects.bulk_create(
        ApiToken(digest=f"{number:064}", post="", label="desk", created_at=moment)
        for number, moment in enumerate(moments)
    )


class Paging(TestCase):
    @given(
        moments=st.lists(st.sampled_from(MOMENTS), max_size=12),
        size=st.integers(1, 5),
        first=st.sampled_from(["", "-"]),
    )
    @settings(max_examples=40, deadline=None)
    def test_walking_forth_and_back_shows_each_row_once(self, moments: list[datetime], size: int, first: str) -> None:
        tokens(moments)
        keys = (f"{first}created_at", "pk")
        whole = list(ApiToken.objects.order_by(*keys))
        pages, token = [], ""
        while True:
            page = both(keys, token, size)
            pages.append(page.items)
            if page.next is None:
                break
            token = page.next
        assert [row for rows in pages for row in rows] == whole
        back = [page.items]
        while page.previous:
            page = both(keys, page.previous, size)
            back.insert(0, page.items)
        assert [row for rows in back for row in rows] == whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["x", "!!", "bnVsbA", "WyJuIl0", "WyJ4IiwxLDJd", "WyJuIixudWxsLDFd", "WyJuIiwieCIsMV0"]
)
def test_a_token_that_no_list_gave_out_is_refused(token: str) -> None:
    with pytest.raises(SuspiciousOperation):
        page_of(ApiToken.objects.all(), keys=("created_at", "pk"), token=token)
    with pytest.raises(SuspiciousOperation):
        worded_page(labelled, VISITOR, keys=("created_at", "pk"), token=token)


@pytest.mark.django_db
def test_counts_stop_at_their_cap() -> None:
    tokens([MOMENTS[0]] * 4)
    assert str(capped_count(ApiToken.objects.all(), cap=3)) == "3+"
    assert str(capped_count(ApiToken.objects.all(), cap=4)) == "4"
