"""Doing things with time: start clocks, open and close to-dos, chase those that are late."""

from .clocks import start_clock
from .todos import chase, close_todos, open_todo

__all__ = ["chase", "close_todos", "open_todo", "start_clock"]
