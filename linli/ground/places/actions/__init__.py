"""Loading the statistics and opening the city."""

from .cities import AnotherCity, UnknownPlace, open_city
from .loading import Loaded, StaleEdition, load_places
from .reading import BadFile, Fault

__all__ = ["AnotherCity", "BadFile", "Fault", "Loaded", "StaleEdition", "UnknownPlace", "load_places", "open_city"]
