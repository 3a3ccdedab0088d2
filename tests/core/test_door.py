"""The door of the web server calls the house, and makes room for its frames."""

from collections.abc import Callable
from typing import Any

from linli.config.wsgi import SLOTS, roomy


def test_it_answers_what_is_answered_inside_and_claims_its_room() -> None:
    def app(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        return [environ["PATH_INFO"].encode()]

    door = roomy(app)
    assert door({"PATH_INFO": "/desk/"}, print) == [b"/desk/"]
    assert door.__code__.co_stacksize == SLOTS  # type: ignore[attr-defined]
