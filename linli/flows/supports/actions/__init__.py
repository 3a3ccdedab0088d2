"""What is done so that cases about one matter belong together: supported, merged and split, made parts of a whole."""

from .following import ANOTHER, Followed, How, Need, follow, hold, leave, support, unmask
from .keeping import copy_for, erase_for, forget_old
from .merging import merge, split
from .parts import divide, link, unlink

__all__ = [
    "ANOTHER",
    "Followed",
    "How",
    "Need",
    "copy_for",
    "divide",
    "erase_for",
    "follow",
    "forget_old",
    "hold",
    "leave",
    "link",
    "merge",
    "split",
    "support",
    "unlink",
    "unmask",
]
