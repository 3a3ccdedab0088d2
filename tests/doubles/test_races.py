"""Two keepers at once: one merge, no circle, no broken page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from people.town import build, enter

from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.doubles import actions
from linli.ground.doubles.models import Merge
from linli.ground.people.models import Person

PAIRS = {
    "each into the other": ((0, 1), (1, 0)),
    "the same twice": ((0, 1), (0, 1)),
    "one into two": ((0, 2), (1, 2)),
    "in a chain": ((0, 1), (1, 2)),
}


@pytest.mark.usefixtures("own_city")
@pytest.mark.parametrize("story", PAIRS)
def test_two_keepers_at_once_end_clean(story: str) -> None:
    town = build()
    people = [enter(town.east, "王秀兰", phone=f"1390000000{number}") for number in range(3)]
    start = Barrier(2)

    def together(order: tuple[int, int]) -> str:
        kept, lost = (Person.objects.get(pk=people[number].pk) for number in order)
        try:
            start.wait()
            actions.merge(kept, lost, picks={}, reason="电话核实", by=SYSTEM)
        except ValidationError:
            return "refused"
        else:
            return "merged"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(together, PAIRS[story]))
    merged = answers.count("merged")
    assert merged in ({1, 2} if story == "in a chain" else {1})
    assert answers.count("refused") == 2 - merged
    pointers = dict(Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    assert (len(pointers), len(set(pointers) & set(pointers.values()))) == (merged, 0)
    assert (Merge.objects.count(), Event.objects.filter(verb="people.person.merge").count()) == (merged, merged)
