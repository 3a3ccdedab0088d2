"""The one command of Linli: `python3 run.py up`.

This file stays readable to any old Python 3, so that it can say what is wrong.
"""

import sys


def main() -> int:
    """Run a command; an unfit Python gets one sentence and the way out."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.stderr.write(
            "Linli needs Python 3.11, 3.12 or 3.13, but this is Python %d.%d.\n"
            "Way out: start it with one of those, for example `python3.11 run.py up`.\n" % tuple(sys.version_info[:2])
        )
        return 1
    from launch.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
