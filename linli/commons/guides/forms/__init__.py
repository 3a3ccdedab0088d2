"""What people write into the catalogue: one item, whole sheets."""

from .items import EndForm as EndForm
from .items import ItemForm as ItemForm
from .sheet import Difference as Difference
from .sheet import Fault as Fault
from .sheet import Reading as Reading
from .sheet import SheetForm as SheetForm
from .sheet import read_sheet as read_sheet
from .sheet import written as written
