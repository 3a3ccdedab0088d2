"""Facts of deadlines: clocks, to-dos."""

from .clock import Clock, ClockMove, ClockStatus, MoveKind
from .todo import PARTS, Todo

__all__ = ["PARTS", "Clock", "ClockMove", "ClockStatus", "MoveKind", "Todo"]
