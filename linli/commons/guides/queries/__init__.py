"""What is asked about the catalogue: what it holds, one item's guide, the draft that the release ships."""

from .catalogue import Guide as Guide
from .catalogue import found as found
from .catalogue import guide_of as guide_of
from .draft import shipped as shipped
