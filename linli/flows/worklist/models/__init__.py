"""What the work list keeps: filters under a name, and files made of what a filter shows."""

from .exports import Export as Export
from .exports import ExportQuerySet as ExportQuerySet
from .exports import ExportStatus as ExportStatus
from .exports import Format as Format
from .filters import SavedFilter as SavedFilter
from .filters import SavedFilterQuerySet as SavedFilterQuerySet
