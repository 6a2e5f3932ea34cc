"""From a template to a script that renders it in a browser, so that a page can show an entry as the site will.

The template stays the one source of an entry's page: what Jinja reads it as is written out as JavaScript. It knows the
parts of Jinja that entries use; another part stops the build with the template's name and line. What the script calls
(`e`, `each`, filters …) stands in theme/static/js/draft/showing.js.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, nodes

from mutualaid.errors import BrokenHouse

HEAD = """(() => {
"use strict";
const own = globalThis.draftPage;
const { Safe, isTrue, e, each, range, contains, methods, filters } = own.template;
"""
COMPARISONS = {"eq": "===", "ne": "!==", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
SUMS = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*"}


def script_of(environment: Environment, template: str, block: str, name: str) -> str:
    """Return a script that sets `draftPage.<name>` to a function from values to the HTML of a template's block.

    Raises:
        BrokenHouse: the template uses a part of Jinja that the script cannot show.

    """
    writer = _Writer(environment)
    macros, blocks = writer.read(template)
    if block not in blocks:
        raise BrokenHouse(f"theme/templates/{template} has no block {block}, which the draft page shows.")
    body = _Scope(template, macros).body(blocks[block])
    functions = "".join(_used(writer.functions, body))
    return f'{HEAD}{functions}own.{name} = (c) => {{ let o = ""; {body} return o; }};\n}})();\n'


def _used(functions: Mapping[str, str], body: str) -> Iterator[str]:
    """Yield the functions that `body` calls, and those that they call, in the order in which they were written."""
    called: set[str] = set()
    fresh = {name for name in functions if f"{name}(c" in body}
    while fresh:
        called |= fresh
        fresh = {name for name in functions for one in fresh if f"{name}(c" in functions[one]} - called
    return (text for name, text in functions.items() if name in called)


@dataclass
class _Writer:
    """Writes each macro of the templates that are read, once; `known` holds their names by template."""

    environment: Environment
    functions: dict[str, str] = field(default_factory=dict)
    known: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, template: str) -> tuple[dict[str, str], dict[str, list[nodes.Node]]]:
        """Return the macros that are known in a template, by name, and the contents of its blocks."""
        loader = self.environment.loader
        if loader is None:
            raise BrokenHouse("Templates have no loader. See pelicanconf.py.")
        tree = self.environment.parse(loader.get_source(self.environment, template)[0])
        blocks = {one.name: one.body for one in tree.find_all(nodes.Block)}
        macros = self.known.setdefault(template, {})
        for base in tree.find_all(nodes.Extends):
            if isinstance(base.template, nodes.Const):
                macros.update(self.read(str(base.template.value))[0])
        for wanted in tree.find_all(nodes.FromImport):
            if isinstance(wanted.template, nodes.Const):
                macros.update(self._imported(str(wanted.template.value), wanted.names))
        own = [one for one in tree.body if isinstance(one, nodes.Macro)]
        stem = template.removesuffix(".html").replace("/", "_")
        macros.update({macro.name: f"{stem}_{macro.name}" for macro in own})
        self.functions.update({macros[one.name]: _Scope(template, macros).macro(one) for one in own})
        return macros, blocks

    def _imported(self, template: str, names: Iterable[str | tuple[str, str]]) -> dict[str, str]:
        macros = self.known[template] if template in self.known else self.read(template)[0]
        pairs = ((one, one) if isinstance(one, str) else one for one in names)
        return {alias: macros[name] for name, alias in pairs}


@dataclass
class _Scope:
    """Writes one body; `local` holds the names that are the body's own: a macro's parameters, a loop's values."""

    template: str
    macros: dict[str, str]
    local: frozenset[str] = frozenset()

    def macro(self, macro: nodes.Macro) -> str:
        """Return a macro as a function whose first parameter is the page's values."""
        first = len(macro.args) - len(macro.defaults)
        inner = _Scope(self.template, self.macros, frozenset(arg.name for arg in macro.args))
        parameters = ["c"]
        for place, arg in enumerate(macro.args):
            default = f" = {self.value(macro.defaults[place - first])}" if place >= first else ""
            parameters.append(f"l_{arg.name}{default}")
        head = f"const {self.macros[macro.name]} = ({', '.join(parameters)})"
        return f'{head} => {{ let o = ""; {inner.body(macro.body)} return new Safe(o); }};\n'

    def body(self, body: Iterable[nodes.Node]) -> str:
        """Return statements that add the HTML of `body` to `o`."""
        return " ".join(part for node in body for part in self._statements(node))

    def _statements(self, node: nodes.Node) -> Iterator[str]:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    own = _text(one.data) if isinstance(one, nodes.TemplateData) else f"e({self.value(one)})"
                    yield f"o += {own};"
            case nodes.If():
                yield f"if (isTrue({self.value(node.test)})) {{ {self.body(node.body)} }}"
                for other in node.elif_:
                    yield f"else if (isTrue({self.value(other.test)})) {{ {self.body(other.body)} }}"
                if node.else_:
                    yield f"else {{ {self.body(node.else_)} }}"
            case nodes.For() if isinstance(node.target, nodes.Name) and not node.recursive and not node.else_:
                name = node.target.name
                inner = _Scope(self.template, self.macros, self.local | {name, "loop"})
                test = f", (l_{name}) => isTrue({inner.value(node.test)})" if node.test else ""
                values = f"each({self.value(node.iter)}{test})"
                yield f"for (const [l_{name}, l_loop] of {values}) {{ {inner.body(node.body)} }}"
            case nodes.Block():
                yield self.body(node.body)
            case _:
                raise self._cannot(node)

    def value(self, node: nodes.Node) -> str:
        """Return an expression as JavaScript."""
        write = VALUES.get(type(node))
        if write is None:
            raise self._cannot(node)
        return write(self, node)

    def name(self, node: nodes.Name) -> str:
        """Return a name: the body's own, or one of the page's values."""
        return f"l_{node.name}" if node.name in self.local else f"c.{node.name}"

    def call(self, node: nodes.Call) -> str:
        """Return the call of a macro, of `range`, of a function among the page's values, or of a text's method."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._cannot(node)
        given = [self.value(one) for one in node.args]
        called = node.node
        if isinstance(called, nodes.Name):
            if called.name in self.macros and called.name not in self.local:
                return f"{self.macros[called.name]}({', '.join(['c', *given])})"
            return f"{'range' if called.name == 'range' else self.name(called)}({', '.join(given)})"
        if isinstance(called, nodes.Getattr):
            return f"methods.{called.attr}({', '.join([self.value(called.node), *given])})"
        raise self._cannot(node)

    def filtered(self, node: nodes.Filter) -> str:
        """Return a value with a filter on it."""
        if node.node is None or node.kwargs:
            raise self._cannot(node)
        return f"filters.{node.name}({', '.join(self.value(one) for one in (node.node, *node.args))})"

    def compared(self, node: nodes.Compare) -> str:
        """Return a comparison of two values."""
        (operand,) = node.ops if len(node.ops) == 1 else (None,)
        if operand is None:
            raise self._cannot(node)
        one, other = self.value(node.expr), self.value(operand.expr)
        if operand.op in ("in", "notin"):
            return f"{'!' if operand.op == 'notin' else ''}contains({other}, {one})"
        return f"({one} {COMPARISONS[operand.op]} {other})"

    def chosen(self, node: nodes.CondExpr) -> str:
        """Return one value or another."""
        other = self.value(node.expr2) if node.expr2 else '""'
        return f"(isTrue({self.value(node.test)}) ? {self.value(node.expr1)} : {other})"

    def sum(self, node: nodes.BinExpr) -> str:
        """Return a sum, difference or product."""
        return f"({self.value(node.left)} {SUMS[type(node)]} {self.value(node.right)})"

    def item(self, node: nodes.Getitem) -> str:
        """Return what stands under a name or a place, or a part of a list."""
        if isinstance(node.arg, nodes.Slice):
            if node.arg.step:
                raise self._cannot(node)
            start = self.value(node.arg.start) if node.arg.start else "0"
            stop = f", {self.value(node.arg.stop)}" if node.arg.stop else ""
            return f"{self.value(node.node)}.slice({start}{stop})"
        return f"{self.value(node.node)}?.[{self.value(node.arg)}]"

    def _cannot(self, node: nodes.Node) -> BrokenHouse:
        return BrokenHouse(
            f"theme/templates/{self.template}, line {node.lineno}: the draft page shows entries by this template and "
            f"cannot show {type(node).__name__} as it stands there. Write it with what other parts use, or teach "
            "site/template_script.py."
        )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


VALUES: dict[type[nodes.Node], Callable[[_Scope, Any], str]] = {
    nodes.Const: lambda _, node: json.dumps(node.value, ensure_ascii=False),
    nodes.Name: _Scope.name,
    nodes.Getattr: lambda scope, node: f"{scope.value(node.node)}?.{node.attr}",
    nodes.Getitem: _Scope.item,
    nodes.Call: _Scope.call,
    nodes.Filter: _Scope.filtered,
    nodes.Compare: _Scope.compared,
    nodes.CondExpr: _Scope.chosen,
    nodes.List: lambda scope, node: f"[{', '.join(scope.value(one) for one in node.items)}]",
    nodes.Tuple: lambda scope, node: f"[{', '.join(scope.value(one) for one in node.items)}]",
    nodes.Concat: lambda scope, node: "new Safe(" + " + ".join(f"e({scope.value(one)})" for one in node.nodes) + ")",
    nodes.Not: lambda scope, node: f"!isTrue({scope.value(node.node)})",
    nodes.And: lambda scope, node: f"(isTrue({scope.value(node.left)}) && {scope.value(node.right)})",
    nodes.Or: lambda scope, node: f"[{scope.value(node.left)}, {scope.value(node.right)}].find(isTrue)",
    **dict.fromkeys(SUMS, _Scope.sum),
}
