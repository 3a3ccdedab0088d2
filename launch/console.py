"""Progress for the operator: one line a step, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

HEARTBEAT = 5.0
AS_IT_WAS = ("", "unchanged", "running", "started", "reachable")


class Step:
    """One step under way; `result` is what its line says in the end."""

    def __init__(self, console: "Console", title: str) -> None:
        self._console = console
        self._title = title
        self._began = self._said = time.monotonic()
        self.result = ""

    def note(self, text: str) -> None:
        """Show how far a long step has come: at once on a terminal, every few seconds in a log."""
        now = time.monotonic()
        if self._console.live:
            self._console.draw(f"  … {self._title:<22} {now - self._began:7.1f} s   {text}")
        elif now - self._said >= HEARTBEAT:
            self._said = now
            self._console.say(f"  … {self._title:<22} {now - self._began:7.1f} s   {text}")

    def finish(self, mark: str) -> None:
        """Write the line that stays; a quiet console keeps to itself that something is as it was."""
        if self._console.quiet and self.result in AS_IT_WAS:
            self._console.wipe()
            return
        seconds = time.monotonic() - self._began
        self._console.say(f"  {mark} {self._title:<22} {seconds:7.1f} s   {self.result}".rstrip())


class Console:
    """Where `run.py` speaks: standard output, or standard error where the command's own output must stay clean."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream or sys.stdout
        self.quiet = quiet
        self.live = self._stream.isatty()
        self._drawn = False

    def say(self, text: str = "") -> None:
        """Write a line."""
        self.wipe()
        self._stream.write(text + "\n")
        self._stream.flush()

    def wipe(self) -> None:
        """Take away the line that was drawn."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False

    def draw(self, text: str) -> None:
        """Write a line that the next one replaces."""
        self._stream.write("\r\x1b[K" + text[:110])
        self._stream.flush()
        self._drawn = True

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Time one step; a step that raises is marked and raises on."""
        step = Step(self, title)
        step.note("")
        try:
            yield step
        except BaseException:
            step.finish("✗")
            raise
        step.finish("✓")
