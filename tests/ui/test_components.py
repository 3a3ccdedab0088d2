"""How a component hears what stands in its tag, and what a pure one remembers."""

import pytest
from django.template import TemplateSyntaxError, Variable, engines
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral
from django.template.smartif import TokenBase
from django.templatetags.static import StaticNode
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from linli.ground.ui.navigation import Line
from linli.ground.ui.templatetags.components import DRAWN, ComponentNode, VarsNode
from linli.ground.ui.templatetags.words import SentenceNode

from .test_views import COTTON

NAMES = sorted(file.stem for file in COTTON.glob("*.html"))
STEADY = {"status_icon", "attributes", "lower", "upper", "length", "slice_filter", "phrases", "weekday"}
"""Filters that need nothing but their value and the language."""
SHOWS = (
    TextNode,
    VariableNode,
    IfNode,
    ForNode,
    StaticNode,
    SentenceNode,
    ComponentNode,
    VarsNode,
    LoadNode,
    CommentNode,
)
EVIL = '"><script>'


def template(source: str) -> object:
    return engines["django"].from_string(CottonCompiler().process(source))


def drawn(source: str, **facts: object) -> str:
    return template(source).render(facts).strip()  # type: ignore[attr-defined]


def nodes_of(name: str) -> NodeList:
    return engines["django"].get_template(f"cotton/{name}.html").template.nodelist


def is_pure(name: str) -> bool:
    return any(isinstance(node, VarsNode) and node.is_pure for node in nodes_of(name))


def test_words_texts_things_and_a_key_alone_are_heard() -> None:
    html = drawn('<c-figure label="待办" value="{{ n }} 件" :note="note" />', n=3, note="本周")
    assert html == ('<div class="c-figure"><dt>待办</dt><dd>3 件</dd><dd class="c-figure__note">本周</dd></div>')
    assert drawn('<c-button disabled wide="1">办</c-button>') == (
        '<button type="submit" class="c-button c-button--wide" disabled>办</button>'
    )


def test_what_a_component_does_not_know_is_in_its_attributes() -> None:
    assert (
        drawn('<c-facts id="a" data-x="{{ x }}">…</c-facts>', x="1") == '<dl class="c-facts" id="a" data-x="1">…</dl>'
    )


def test_what_a_page_says_is_escaped_once() -> None:
    assert drawn('<c-fact label="{{ x }}" data-x="{{ x }}">{{ x }}</c-fact>', x=EVIL) == (
        '<dt>&quot;&gt;&lt;script&gt;</dt><dd data-x="&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</dd>'
    )
    assert drawn('<c-fact :label="x" :data-x="x">…</c-fact>', x=EVIL) == (
        '<dt>&quot;&gt;&lt;script&gt;</dt><dd data-x="&quot;&gt;&lt;script&gt;">…</dd>'
    )


def test_an_unknown_thing_leaves_the_default_and_none_does_not() -> None:
    tag = '<c-org-node title="社区" :lines="lines" :status="status" />'
    assert drawn(tag) == '<div class="c-org__node"><b>社区</b></div>'
    assert drawn(tag, lines=["甲"], status=None) == '<div class="c-org__node"><b>社区</b><small>甲</small></div>'


def test_slots_fill_keys_also_where_a_condition_stands_before_them() -> None:
    inner = '<c-empty title="内"><c-slot name="actions">里</c-slot></c-empty>'
    tag = f'<c-empty title="外">因为{{% if may %}}<c-slot name="actions">{inner}</c-slot>{{% endif %}}</c-empty>'
    closed = drawn(tag, may=False)
    assert (closed.count("l-row"), closed.partition("<h3>")[2]) == (
        0,
        '外</h3><div class="l-stack--tight">因为</div></div>',
    )
    opened = drawn(tag, may=True)
    assert [opened.count(one) for one in ("外", "因为", "内", '<div class="l-row">里</div>')] == [1, 1, 1, 1]
    assert opened.index("因为") < opened.index("内")


def test_what_nobody_could_mean_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match='write label="x" for text, :label="x" for a thing'):
        template("<c-fact label=x />")
    with pytest.raises(TemplateSyntaxError, match="inside a component"):
        drawn('<c-slot name="actions">…</c-slot>')


def test_a_pure_component_that_was_told_the_same_tuple_is_drawn_from_memory() -> None:
    def line(label: str, *, current: bool = False) -> Line:
        return Line(label, "/", "home", None, current=current, minor=False, stays=False)

    page = template('<c-nav-lines :lines="lines" />')
    node = page.template.nodelist[0]  # type: ignore[attr-defined]
    told = [(line("工作台"),), (line("工作台"),), (line("工作台", current=True),)]
    one, same, other = [page.render({"lines": lines}) for lines in told]  # type: ignore[attr-defined]
    assert (one == same, "aria-current" in other, len(node.drawn)) == (True, True, 2)
    assert page.render({"lines": [line("工作台")]}) == one  # type: ignore[attr-defined]
    assert len(node.drawn) == 2, "a list may change: it is drawn anew"


@pytest.mark.parametrize("name", [name for name in NAMES if is_pure(name)])
def test_a_pure_component_needs_nothing_but_what_it_is_told(name: str) -> None:
    known = next(node for node in nodes_of(name) if isinstance(node, VarsNode))
    names, filters = _needs(nodes_of(name))
    assert (names - known.keys - {"slot", "attrs"}, filters - STEADY) == (set(), set())


def _needs(nodes: NodeList) -> tuple[set[str], set[str]]:
    """The names and filters that nodes use; fails on a node that may draw on time or the page."""
    names: set[str] = set()
    filters: set[str] = set()
    for node in nodes:
        assert isinstance(node, SHOWS)
        if isinstance(node, ComponentNode):
            assert is_pure(node.name.replace("-", "_"))
        for expression in _expressions(node):
            if isinstance(expression.var, Variable) and expression.var.lookups:
                names.add(expression.var.lookups[0])
            filters |= {function.__name__ for function, _arguments in expression.filters}
        for inner in _within(node):
            more = _needs(inner)
            own = {*node.loopvars, "forloop"} if isinstance(node, ForNode) else set()
            names, filters = names | (more[0] - own), filters | more[1]
    return names, filters


def _within(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _condition, nodes in node.conditions_nodelists]
    if isinstance(node, ForNode):
        return [node.nodelist_loop, node.nodelist_empty]
    return [node.nodelist, *node.told.texts.values()] if isinstance(node, ComponentNode) else []


def _expressions(node: Node) -> list[FilterExpression]:
    if isinstance(node, VariableNode):
        return [node.filter_expression]
    if isinstance(node, ForNode):
        return [node.sequence]
    if isinstance(node, ComponentNode):
        return list(node.told.things.values())
    if isinstance(node, IfNode):
        return [one for condition, _nodes in node.conditions_nodelists if condition for one in _asked(condition)]
    return []


def _asked(condition: TokenBase) -> list[FilterExpression]:
    if isinstance(condition, TemplateLiteral):
        return [condition.value]
    return [one for part in (condition.first, condition.second) if part is not None for one in _asked(part)]


def test_a_pure_component_remembers_by_all_that_it_is_told() -> None:
    page = template('{% for a, b in pairs %}<c-status kind="{{ a }}" data-n="{{ b }}">{{ b }}</c-status>{% endfor %}')
    pairs = [("done", "甲"), ("late", "甲"), ("done", "乙"), ("done", "甲")]
    html = page.render({"pairs": pairs}).split("</span>")  # type: ignore[attr-defined]
    assert html[0] == html[3]
    assert len({*html[:4]}) == 3
    assert [one.endswith(b) for one, (_a, b) in zip(html, pairs, strict=False)] == [True] * 4


def test_a_pure_component_forgets_before_it_remembers_too_much() -> None:
    page = template('{% for n in many %}<c-deadline kind="ok">{{ n }}</c-deadline>{% endfor %}')
    many = list(range(DRAWN * 2 + 1))
    for _time in range(2):
        html = page.render({"many": many})  # type: ignore[attr-defined]
        assert [f"<b>{n}</b>" in html for n in many] == [True] * len(many)
    node = page.template.nodelist[0].nodelist_loop[0]  # type: ignore[attr-defined]
    assert 0 < len(node.drawn) <= DRAWN


def test_what_a_pure_component_remembers_does_not_carry_a_language_over() -> None:
    page = template("<c-button>{% translate 'Close' %}</c-button><c-keys />")
    said = []
    for language in ("en", "zh-hans", "en"):
        with override(language):
            said.append(page.render({}))  # type: ignore[attr-defined]
    assert said[0] == said[2] != said[1]
