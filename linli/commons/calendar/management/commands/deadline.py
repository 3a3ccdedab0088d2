"""`manage deadline START N UNIT [--place CODE]`: when is it due, and why?"""

import json
import sys
from argparse import SUPPRESS

from django.core.management.base import BaseCommand, CommandParser

from linli.commons.calendar import queries
from linli.commons.calendar.models import Calendar, OutsideCalendar, Unit
from linli.ground.places.models import Place

BAD_INPUT = 2
LONGEST_CODE = 15


class Command(BaseCommand):
    """Print the deadline as JSON on stdout; bad input: exit 2 and one line on stderr. Reads the city's calendar."""

    help = "Counts a deadline on the city's calendar. The start day does not count."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the term as people write it."""
        parser.usage = SUPPRESS  # bad input is one line on stderr
        parser.add_argument("start", help="a date (2026-09-14) or a time (2026-09-14T10:30)")
        parser.add_argument("amount", metavar="N")
        parser.add_argument("unit", help=", ".join(Unit.values))
        parser.add_argument(
            "--place", default="", help="statistics code of the place whose calendar counts; the nation by default"
        )

    def handle(self, *, start: str, amount: str, unit: str, place: str, **_options: object) -> None:
        """Count and print."""
        try:
            path = _path(place)
            if path and not Place.objects.current().filter(path=path).exists():
                self._refuse(f"this city knows no place with the code {place}")
            found = queries.due(queries.parse_start(start), _amount(amount), Unit(unit), path)
        except OutsideCalendar:
            self._refuse(
                f"{start} + {amount} {unit} lies outside the calendar of this city, or N is not between 1 and 5000"
            )
        except Calendar.DoesNotExist:
            self._refuse("this city has no calendar yet: run `manage load_calendar`")
        except ValueError:
            typed = " ".join(map(repr, filter(None, (start, amount, unit, place))))
            self._refuse(
                f"cannot read {typed}: START is a date or time, N a number, UNIT one of {', '.join(Unit.values)}"
            )
        else:
            answer = {
                "due": found.due_at.isoformat(),
                "counted": [day.isoformat() for day in found.counted],
                "skipped": [skipped.day.isoformat() for skipped in found.skipped],
                "why_skipped": {skipped.day.isoformat(): skipped.why for skipped in found.skipped},
                "sentence": found.sentence,
                "provisional": found.provisional,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(BAD_INPUT)


def _amount(text: str) -> int:
    """Return a number written in plain digits; raises ValueError."""
    if not (text.isascii() and text.isdigit()) or len(text) > len("5000"):
        raise ValueError(text)
    return int(text)


def _path(code: str) -> str:
    """Return a place's path from its code, with or without closing zeros; raises ValueError."""
    if code and not (code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE):
        raise ValueError(code)
    lengths = (2, 4, 6, 9) if len(code) == len("150302001001") else ()
    return next((code[:digits] for digits in lengths if not code[digits:].strip("0")), code)
