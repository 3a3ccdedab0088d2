"""`manage decide RULE key=value …`: what the law says to these numbers, as JSON; needs no running city and no database."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from linli.ground.decisions.queries import DECISIONS, BadInput, UnknownDecision, decide
from linli.ground.rulebook import packs

REFUSED = 2


class Command(BaseCommand):
    """Decide by the packs of this release; exit 0 for every outcome, 2 and one line for anything that cannot be decided."""

    help = "Decides by a rule of law from counts and dates."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the rule and its inputs."""
        parser.add_argument("rule", nargs="?", default="")
        parser.add_argument("inputs", nargs="*", metavar="key=value")

    def handle(self, *, rule: str, inputs: list[str], **_options: object) -> None:
        """Decide and print."""
        try:
            with translation.override("zh-hans"):
                made = decide(rule, inputs, packs.norm)
        except UnknownDecision:
            self._refuse(f"unknown rule {rule!r}; known: {', '.join(sorted(DECISIONS))}")
        except (BadInput, OverflowError) as error:
            self._refuse(f"{rule}: {error}")
        answer = {
            "rule": rule,
            "outcome": made.outcome,
            "sentence": made.sentence,
            "article": made.article,
            "version": made.version,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _refuse(self, why: str) -> None:
        self.stderr.write(" ".join(why.split()))
        sys.exit(REFUSED)
