"""The index over a column of grams. The expression stands in one place: index and question must be worded alike to meet."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Lookup, Value


def vector(column: str) -> Func:
    """Return the grams of a column as the database searches them: lexemes as they are, past every parser and dictionary."""
    grams = Func(F(column), Value(" "), function="string_to_array")
    return Func(grams, function="array_to_tsvector", output_field=SearchVectorField())


def gram_index(column: str, name: str) -> GinIndex:
    """Return the index for a text column that holds grams (`queries.grams`)."""
    return GinIndex(vector(column), name=name)


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`vector @@ 'question'::tsquery`, the question written by `queries.question`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition."""
        left, left_params = self.process_lhs(compiler, connection)  # type: ignore[arg-type]
        return f"{left} @@ %s::tsquery", (*left_params, self.rhs)
