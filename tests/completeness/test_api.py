"""The same for machines: the matrix, and what the rules find in a body."""

from django.test import Client

from tests.organisations import town as stage

API = "/api/completeness"


def test_completeness_by_the_places_below(town: stage.Town, browser: Client) -> None:
    matrix = browser.get(f"{API}/").json()
    (row,) = matrix["rows"]
    assert (row["place"], row["communities"], len(row["cells"])) == ("150302", 3, 9)
    assert (matrix["groups"][2], row["cells"][2]) == ("committee", {"done": 0, "due": 3, "missing": 3})
    assert (matrix["communities"], matrix["uncounted"]) == (3, 1)
    assert browser.get(f"{API}/", {"under": "44"}).status_code == 404


def test_a_body_with_what_the_rules_find_in_it(town: stage.Town, browser: Client) -> None:
    committee = stage.body("residents_committee", town.east, [stage.seat("chair", stage.resident(town.east, "李梅兰"))])
    (finding,) = browser.get(f"{API}/bodies/{committee.reference}").json()
    assert (finding["code"], finding["severity"], finding["kind"]) == ("size.few", "wrong", "residents_committee")
    assert browser.get(f"{API}/bodies/NOTTHERE").status_code == 404
