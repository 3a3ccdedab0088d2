"""The small town of the people tests, a worker at the desk of its east, and one of its residents."""

from people import conftest as people
from residents import conftest as residents

browser, in_english, town = people.browser, people.in_english, people.town
worker, somebody = residents.worker, residents.somebody
