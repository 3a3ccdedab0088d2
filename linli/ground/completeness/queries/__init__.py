"""What a community has and lacks, how complete the city is."""

from .charts import Chart, Node, chart_of, section_of
from .matrix import Cell, Matrix, Row, matrix_of, measured
from .standings import Standing, findings_of, section_of_body, standing_at, standings_of

__all__ = [
    "Cell",
    "Chart",
    "Matrix",
    "Node",
    "Row",
    "Standing",
    "chart_of",
    "findings_of",
    "matrix_of",
    "measured",
    "section_of",
    "section_of_body",
    "standing_at",
    "standings_of",
]
