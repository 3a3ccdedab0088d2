"""Who acts, which body is responsible, what a community has and lacks, how complete the city is."""

from .actors import POST, actor_in_post, actor_of, posts_of
from .bodies import body_of, lead_for, person_for, persons_for
from .charts import Chart, Node, chart_of, section_of
from .matrix import Cell, Matrix, Row, matrix_of, measured
from .sheets import BodySheet, Standing, kind_at, sheet_of, standing_at

__all__ = [
    "POST",
    "BodySheet",
    "Cell",
    "Chart",
    "Matrix",
    "Node",
    "Row",
    "Standing",
    "actor_in_post",
    "actor_of",
    "body_of",
    "chart_of",
    "kind_at",
    "lead_for",
    "matrix_of",
    "measured",
    "person_for",
    "persons_for",
    "posts_of",
    "section_of",
    "sheet_of",
    "standing_at",
]
