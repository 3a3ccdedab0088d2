"""The town of the organisations' tests, on the same working morning."""

from tests.organisations.conftest import browser as browser
from tests.organisations.conftest import morning as morning
from tests.organisations.conftest import officer as officer
from tests.organisations.conftest import town as town
