"""A sentence of a template is looked up once in each language, and what depends on more is Django's as ever."""

import pytest
from django.template import Context, engines
from django.utils.translation import override

from linli.ground.ui.templatetags.words import SentenceNode


@pytest.mark.parametrize(
    ("source", "is_kept"),
    [
        ('{% translate "Print" %}', True),
        ('{% translate "Print" as said %}{{ said }}', False),
        ('{% translate "Print"|upper %}', False),
        ('{% translate "Print" context "nowhere" %}', False),
        ("{% translate said %}", False),
    ],
)
def test_only_a_sentence_that_depends_on_nothing_but_the_language_is_kept(source: str, is_kept: bool) -> None:
    made = engines["django"].engine.from_string(source)
    assert isinstance(made.nodelist[0], SentenceNode) == is_kept


def test_a_kept_sentence_follows_the_language_of_the_page() -> None:
    made = engines["django"].engine.from_string('{% translate "Print" %}')
    said = []
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            said.append(made.render(Context()))
    assert said == ["打印", "Print", "打印"]
