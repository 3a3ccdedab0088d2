"""Who is asked whether they want to be told of what."""

from linli.commons.notices.queries import stands_in_register
from linli.ground.authority.actors import VISITOR, Person


def test_only_who_stands_in_the_register_is_told_of_their_data() -> None:
    assert stands_in_register(Person(ref="people.account:7", person=7))
    assert not stands_in_register(Person(ref="people.account:7"))
    assert not stands_in_register(VISITOR)
