"""Before a city is set up the faces are honest about it and say whom to call."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from linli.faces.portal import queries


@pytest.mark.usefixtures("own_city")
def test_before_a_city_is_set_up_the_pages_say_whom_to_call() -> None:
    assert queries.districts() == []
    assert "本市的社区还没有录入" in Client().get("/").content.decode()
    assert "本市还没有开通网上受理" in Client().get("/cases/report/").content.decode()
    with pytest.raises(CommandError, match="no city is open yet"):
        call_command("load_items")
