"""The components at work: `<c-name key="…">…</c-name>`, read by cotton's loader, bound once when its page is read (docs/decisions/0009).

`key="words"` and `key="{{ … }}"` give text, `:key="expression"` gives the thing itself, `key` alone gives True;
`<c-slot name="key">` fills a key with HTML. A component's first line says what it knows, and all else that it is told is in `attrs`:
`<c-vars key key="default" :key="[]" />`.
`<c-vars pure …>` promises that its HTML follows from what it is told and the language alone: no time, nothing of the page around it. What
it is told are words, or a tuple of things that never change.
"""

import ast
from dataclasses import dataclass, field
from typing import Final, cast

from django import template
from django.template.base import FilterExpression, Lexer, Node, NodeList, Parser, TextNode, Token, VariableDoesNotExist
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_cotton.tag_parser import parse_component_tag, parse_vars_tag

register = template.Library()

SLOTS: Final = "linli.slots"
DRAWN: Final = 64  # drawings that one place where a pure component stands remembers
_MISSING: Final = object()


class VarsNode(Node):
    """What a component knows: its keys, their defaults, and whether it is pure."""

    def __init__(self, keys: set[str], defaults: dict[str, object], *, is_pure: bool) -> None:
        self.keys, self.defaults, self.is_pure = keys, defaults, is_pure

    def render(self, context: Context) -> SafeString:  # noqa: ARG002 (every node has one)
        """Show nothing."""
        return SafeString()


class SlotNode(Node):
    """HTML for one key of the component around it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Give it to the component, show nothing here."""
        stack = context.render_context.get(SLOTS)
        if not stack:
            raise TemplateSyntaxError("a slot stands inside a component")
        stack[-1][self.name] = self.nodelist.render(context)
        return SafeString()


@dataclass
class Told:
    """What stands in the tag of a component."""

    words: dict[str, object] = field(default_factory=dict)
    texts: dict[str, NodeList] = field(default_factory=dict)
    things: dict[str, FilterExpression] = field(default_factory=dict)


class ComponentNode(Node):
    """One place where a component stands."""

    def __init__(self, name: str, nodelist: NodeList, told: Told) -> None:
        self.name, self.nodelist, self.told = name, nodelist, told
        is_text = all(isinstance(node, TextNode) for node in nodelist)
        self.body = SafeString("".join(cast("TextNode", node).s for node in nodelist)) if is_text else None
        self.has_slots = bool(nodelist.get_nodes_by_type(SlotNode))
        self.drawn: dict[tuple[object, ...], SafeString] = {}
        self.piece: tuple[NodeList, VarsNode] | None = None

    def render(self, context: Context) -> SafeString:
        """Draw it; a pure one from memory where it has been told the same before."""
        if self.piece is None:
            self.piece = _piece(self.name, context)
        nodes, known = self.piece
        slots: dict[str, SafeString] = {}
        body = self.body if self.body is not None else self._body(context, slots)
        texts = {key: nodelist.render(context) for key, nodelist in self.told.texts.items()}
        found = {key: _thing(expression, context) for key, expression in self.told.things.items()}
        things = {key: thing for key, thing in found.items() if thing is not _MISSING}
        if slots or not known.is_pure or not all(type(thing) is tuple for thing in things.values()):
            return self._draw(context, nodes, known, {**texts, **slots, **things}, body)
        heard = (get_language(), body, *texts.values(), *things.items())
        drawn = self.drawn.get(heard)
        if drawn is None:
            if len(self.drawn) >= DRAWN:
                self.drawn.clear()
            drawn = self.drawn[heard] = self._draw(context, nodes, known, {**texts, **things}, body)
        return drawn

    def _body(self, context: Context, slots: dict[str, SafeString]) -> SafeString:
        if not self.has_slots:
            return self.nodelist.render(context)
        stack = cast("list[dict[str, SafeString]]", context.render_context.setdefault(SLOTS, []))
        stack.append(slots)
        try:
            return self.nodelist.render(context)
        finally:
            stack.pop()

    def _draw(
        self, context: Context, nodes: NodeList, known: VarsNode, given: dict[str, object], body: SafeString
    ) -> SafeString:
        told = self.told.words | given
        attrs = {key: value for key, value in told.items() if key not in known.keys}
        told = {key.replace("-", "_"): value for key, value in told.items()}
        with context.push({**known.defaults, **told, "attrs": attrs, "slot": body}):
            return nodes.render(context)


def _thing(expression: FilterExpression, context: Context) -> object:
    """Return what an expression stands for; nothing, so that the default counts, where its name is unknown."""
    try:
        return expression.resolve(context) if expression.filters else expression.var.resolve(context)
    except VariableDoesNotExist:
        return _MISSING


def _piece(name: str, context: Context) -> tuple[NodeList, VarsNode]:
    """Return a component's nodes and what it knows."""
    assert context.template is not None
    nodes = context.template.engine.get_template(f"cotton/{name.replace('-', '_')}.html").nodelist
    known = next((node for node in nodes if isinstance(node, VarsNode)), VarsNode(set(), {}, is_pure=False))
    return nodes, known


def _told(attrs: dict[str, str | bool], parser: Parser) -> Told:
    """Sort what stands in a tag into words, texts to be filled in and things to be looked up."""
    told = Told()
    for key, raw in attrs.items():
        if raw is True:
            told.words[key] = True
            continue
        value = str(raw)[1:-1]
        if raw not in {f'"{value}"', f"'{value}'"}:
            raise TemplateSyntaxError(f'{key}={raw}: write {key}="{raw}" for text, :{key}="{raw}" for a thing')
        if not key.startswith(":"):
            if "{{" in value or "{%" in value:
                told.texts[key] = _within(parser, value)
            else:
                told.words[key] = value
            continue
        try:
            told.words[key[1:]] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            told.things[key[1:]] = parser.compile_filter(value)
    return told


def _within(parser: Parser, text: str) -> NodeList:
    """Compile a text with the tags and filters of its page."""
    inner = Parser(Lexer(text).tokenize(), parser.libraries, [], parser.origin)
    inner.tags, inner.filters = parser.tags, parser.filters
    return inner.parse()


@register.tag("cotton")
def component(parser: Parser, token: Token) -> ComponentNode:
    """Read `<c-name …>`."""
    tag, nodelist = parse_component_tag(token.contents), NodeList()
    if not token.contents.rstrip().endswith("/"):
        nodelist = parser.parse(("endcotton",))
        parser.delete_first_token()
    return ComponentNode(tag.name, nodelist, _told(tag.attrs, parser))


@register.tag("cotton:slot")
def slot(parser: Parser, token: Token) -> SlotNode:
    """Read `<c-slot name="…">`."""
    nodelist = parser.parse(("endcotton:slot",))
    parser.delete_first_token()
    return SlotNode(token.split_contents()[1].strip("\"'"), nodelist)


@register.tag("cotton:vars")
def known(parser: Parser, token: Token) -> VarsNode:
    """Read `<c-vars …>`; a default is words or a literal."""
    tag = parse_vars_tag(token.contents)
    defaults = _told(tag.attrs, parser).words
    is_pure = "pure" in tag.empty_attrs
    return VarsNode(
        {*defaults, *tag.empty_attrs}, {key.replace("-", "_"): one for key, one in defaults.items()}, is_pure=is_pure
    )
