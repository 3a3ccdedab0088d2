"""Facts of deadlines: clocks, to-dos."""

from .clock import Clock, ClockMove, ClockStatus, MoveKind
from .todo import Todo

__all__ = ["Clock", "ClockMove", "ClockStatus", "MoveKind", "Todo"]
