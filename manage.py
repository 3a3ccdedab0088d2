"""Django's command line; `run.py manage` prepares its environment. Several commands, parted by `then`, share one process."""

import os
import sys
from itertools import groupby

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    parts = [[*words] for is_next, words in groupby(sys.argv[1:], key="then".__eq__) if not is_next]
    for words in parts or [[]]:
        execute_from_command_line([sys.argv[0], *words])
