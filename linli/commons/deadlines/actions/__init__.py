"""Doing things with time: start clocks, open and close to-dos, chase those that are late, wait for answers that the ground below owes."""

from .clocks import start_clock, stop_clock
from .requests import follow_requests
from .todos import chase, close_todos, open_todo, urge

__all__ = ["chase", "close_todos", "follow_requests", "open_todo", "start_clock", "stop_clock", "urge"]
