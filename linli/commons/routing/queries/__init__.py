"""ASK: what there is to choose from, and where a need goes and why."""

from .categories import by_field as by_field
from .categories import object_in as object_in
from .categories import offered as offered
from .categories import offered_as as offered_as
from .categories import rest_of as rest_of
from .routes import NEAREST as NEAREST
from .routes import TAKERS as TAKERS
from .routes import Moved as Moved
from .routes import Need as Need
from .routes import NoLead as NoLead
from .routes import Recent as Recent
from .routes import Routed as Routed
from .routes import Row as Row
from .routes import Sample as Sample
from .routes import active_routes as active_routes
from .routes import areas as areas
from .routes import listed as listed
from .routes import nearest as nearest
from .routes import route_of as route_of
from .routes import routes_about as routes_about
from .routes import row_of as row_of
from .routes import sample_from as sample_from
from .routes import takers as takers
from .routes import targets as targets
from .routes import tried as tried
from .routes import why as why
