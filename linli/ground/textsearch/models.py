"""The index over a column of grams. The expression stands in one place: index and question must be worded alike to meet."""

from typing import Any, Final

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Lookup, TextField, Value


class _Constant(Value):
    """A text that stands in the statement itself, also where the server keeps the statement planned: only constants meet an index."""

    def as_sql(self, _compiler: object, _connection: object) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return it quoted."""
        return f"'{self.value}'", []


BLANK: Final = _Constant(" ")


def vector(column: str, blank: Value = BLANK) -> Func:
    """Return the grams of a column as the database searches them: lexemes as they are, past every parser and dictionary."""
    grams = Func(F(column), blank, function="string_to_array")
    return Func(grams, function="array_to_tsvector", output_field=SearchVectorField())


def gram_index(column: str, name: str) -> GinIndex:
    """Return the index for a text column that holds grams (`queries.grams`)."""
    return GinIndex(vector(column, Value(" ")), name=name)


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`vector @@ 'question'::tsquery`, the question written by `queries.question`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition."""
        left, left_params = self.process_lhs(compiler, connection)  # type: ignore[arg-type]
        return f"{left} @@ %s::tsquery", (*left_params, self.rhs)


@TextField.register_lookup
class LikeAll(Lookup):
    """`text LIKE ALL (patterns)`: the list is one value, so that its length does not change the wording."""

    lookup_name = "like_all"
    prepare_rhs = False

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[Any, ...]]:
        """Return the condition."""
        left, left_params = self.process_lhs(compiler, connection)  # type: ignore[arg-type]
        return f"{left} LIKE ALL (%s)", (*left_params, self.rhs)
