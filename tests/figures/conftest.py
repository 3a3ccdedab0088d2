"""The small town of the people tests."""

from people import conftest as people
from residents import conftest as residents

browser, in_english, town = people.browser, people.in_english, people.town
worker = residents.worker
