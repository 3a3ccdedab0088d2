"""The browser in which journeys run: Debian's Chromium with Chinese letters."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launch.console import Console
from launch.processes import Outcome, call

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
PACKAGES = {"browser": "chromium", "letters": "fonts-noto-cjk"}


def find_browser() -> str | None:
    """The program, from LINLI_BROWSER or from where systems put it."""
    named = os.environ.get("LINLI_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def has_chinese_letters() -> bool:
    """Whether pages come out as text and not as empty boxes."""
    return any(file for place in FONTS for file in place.rglob("*CJK*"))


@dataclass(frozen=True)
class Machine:
    """What can be asked of the machine about browsers; apt only where it is there and we are root."""

    browser: Callable[[], str | None] = find_browser
    letters: Callable[[], bool] = has_chinese_letters
    apt: str | None = shutil.which("apt-get") if os.geteuid() == 0 else None


def _install(apt: str, packages: list[str], note: Callable[[str], None]) -> Outcome:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    updated = call([apt, "update"], env=quiet, each_line=note)
    if updated.code:
        return updated
    return call([apt, "install", "-y", "--no-install-recommends", *packages], env=quiet, each_line=note)


def provide_browser(console: Console, machine: Machine) -> str | None:
    """The browser, installed first where that is possible; None where there is none."""
    missing = [PACKAGES["browser"]] if machine.browser() is None else []
    missing += [] if machine.letters() else [PACKAGES["letters"]]
    if missing:
        with console.step("browser") as step:
            if machine.apt is None:
                step.result = f"missing: {', '.join(missing)} (installed by itself only as root where apt is)"
            else:
                outcome = _install(machine.apt, missing, step.note)
                step.result = (
                    f"could not be installed: {outcome.last_line}"
                    if outcome.code
                    else f"installed {', '.join(missing)}"
                )
    return machine.browser()
