"""The words of a case are kept when it comes in; it never says anything else afterwards."""

from linli.flows.cases.models import Case
from linli.ground.database.writing import insert

from .models import CaseWords
from .queries import words_of


def index(case: Case) -> None:
    """Keep the words of a new case; written together with it where the caller writes together."""
    insert(CaseWords(case=case, grams=words_of(case)))
