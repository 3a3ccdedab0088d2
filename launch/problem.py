"""The one way in which a command fails on purpose."""


class Problem(Exception):
    """A fault told to the operator as one clear sentence and the way out, never as a traceback."""

    def __init__(self, sentence: str, way_out: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.sentence}\nWay out: {self.way_out}"
