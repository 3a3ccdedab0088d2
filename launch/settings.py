"""What an operator may set: where the data and the keys are, and which values a setting knows.

`linli/config/settings.py` reads the rest as it stands; a value that no city could run with is told here, before anything begins.
"""

import ipaddress
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from launch.folder import ROOT, Folder
from launch.problem import Problem

SWITCH = ("1", "0", "true", "false", "yes", "no", "on", "off")
CLOSED = {
    "LINLI_CIPHER": ("AES-GCM", "SM4-GCM"),
    "LINLI_LOG": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
    "LINLI_HTTPS": SWITCH,
}
"""Settings with a closed list of values, each as it is read; a switch in small or capital letters."""


def folder_of(data: Path | None) -> Folder:
    """The data folder: as the option names it, else as LINLI_DATA does, else var/. LINLI_KEYS names a file of keys elsewhere."""
    keys = os.environ.get("LINLI_KEYS", "")
    return Folder(data or Path(os.environ.get("LINLI_DATA") or ROOT / "var"), Path(keys) if keys else None)


def check_settings(environ: Mapping[str, str]) -> None:
    """Refuse a value that no city can run with; raises Problem."""
    for name, known in CLOSED.items():
        value = environ.get(name, known[0])
        if (value.lower() if known is SWITCH else value) not in known:
            _refuse(name, value, f"one of {', '.join(known)}")
    for name, (fits, words) in OPEN.items():
        if (value := environ.get(name, "")) and not fits(value):
            _refuse(name, value, words)


def _refuse(name: str, value: str, words: str) -> None:
    raise Problem(
        f"The setting {name} is {value!r}, which Linli does not know.", f"set it to {words}, or leave it out."
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_some(text: str) -> bool:
    return _is_number(text) and int(text) > 0


def _are_networks(text: str) -> bool:
    try:
        return bool([ipaddress.ip_network(one.strip()) for one in text.split(",")])
    except ValueError:
        return False


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://"))


OPEN: dict[str, tuple[Callable[[str], bool], str]] = {
    "LINLI_PROXIES": (_is_number, "a number"),
    "LINLI_POOL": (_is_some, "a number from 1 on"),
    "LINLI_WEBHOOK_PRIVATE": (_are_networks, "networks with commas between them, for example 10.1.0.0/16,fd00::/8"),
    "LINLI_ADDRESS": (_is_web, "an address that begins with https:// or http://"),
    "LINLI_SMS_URL": (_is_web, "an address that begins with https:// or http://"),
}
"""Settings of which only the form is known."""
