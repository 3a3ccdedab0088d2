"""The door of the web server."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

SLOTS: Final = 17_000
"""Places for values: with these Python sets 256 KiB aside at once, of which the frames inside get the other half."""
Answers = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def roomy(app: Answers) -> Answers:
    """Let what an app calls find room for its frames, however deep.

    Python 3.11 and 3.12 keep frames in pieces of 16 KiB, and give a piece back as soon as its first frame returns: a loop of a template
    whose calls happen to cross the end of one asks the system for memory at each turn, which has cost half the time of a page. One frame
    that claims to be large makes the piece that all others lie in.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return app(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=SLOTS)
    return answer


application = roomy(get_wsgi_application())

# What has been loaded by now stays: no collection need ever look at it again, and what a page leaves behind waits for fewer of them.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
