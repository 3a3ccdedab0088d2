"""What apps register as the process begins, set aside for a test that speaks of the registry by itself."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def of_its_own(registry: list[object] | dict[str, object]) -> Iterator[None]:
    """Give the test an empty registry, and put back what stood in it.

    The code under test stays as it is: the same registry, filled by its own `register`. Real entries would not do, for what the
    test says (order, nearest line, one query for all badges) must not change with every app that the house gains.
    """
    kept = registry.copy()
    registry.clear()
    yield
    registry.clear()
    registry.extend(kept) if isinstance(registry, list) else registry.update(kept)
