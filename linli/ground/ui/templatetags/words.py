"""`translate` as Django has it, but that each process looks a sentence up once in each language: a page shows more than a hundred."""

from typing import Final

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register: Final = template.Library()


class SentenceNode(Node):
    """A sentence that stands in the template itself; the catalogues do not change while a process lives."""

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.known: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        """Return it in the language of the page."""
        key = get_language(), context.autoescape
        if key not in self.known:
            self.known[key] = self.node.render(context)
        return self.known[key]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Read the tag as Django does; what depends on more than the language stays Django's."""
    node = do_translate(parser, token)
    sentence = node.filter_expression
    depends = node.asvar or node.message_context or sentence.filters or getattr(sentence.var, "literal", None) is None
    return node if depends else SentenceNode(node)
