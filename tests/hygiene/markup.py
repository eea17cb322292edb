"""Finds text handed bare to a widget slot that would parse it as markup. A contact's name must never become a link.

A slot takes: a string written in the source, anything wrapped (`content(…)`, `Content(…)`, `Text(…)`, any other
object), or a name of which every value in sight is one of those. A plain variable, an attribute, an f-string, or a
string put together is a finding. `markup=False` settles it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

WIDGETS = {
    "Static": "content", "Label": "content", "Button": "label", "Link": "text", "Checkbox": "label",
    "RadioButton": "label", "ToggleButton": "label", "Option": "prompt", "Selection": "prompt", "Tab": "label",
    "TabPane": "title", "Tree": "label", "DiscoveryHit": "display",
}  # fmt: skip
"""Constructors whose first argument is a slot, and the slot's name when it is given by name."""
WIDGETS_ALL = {"OptionList", "SelectionList", "Tabs", "RadioSet", "Select"}
"""Constructors of which every positional argument is a slot, or a list of them."""
METHODS_FIRST = {"update", "add_option", "add_column", "add_tab", "add_leaf", "add", "notify", "with_tooltip"}
METHODS_ALL = {
    "add_options",
    "set_options",
    "add_columns",
    "add_row",
    "add_rows",
    "update_cell",
    "update_cell_at",
}
NAMED = {"tooltip", "title", "border_title", "border_subtitle", "placeholder", "help"}
"""Arguments by name that are slots in any call to a class."""
ATTRIBUTES = {"tooltip", "border_title", "border_subtitle", "label", "prompt", "placeholder"}
"""Attributes that are slots when they are assigned."""
WRAPPERS = {"content", "visual", "assemble", "styled", "from_markup", "from_text", "from_rich_text"}
SET_LIKE = (ast.Dict, ast.Set, ast.DictComp, ast.SetComp)


def bare_text(source: str) -> list[int]:
    """The lines of `source` on which a slot gets bare text."""
    tree = ast.parse(source)
    scopes = _Scopes(tree)
    return sorted({node.lineno for node in _unsafe(tree, scopes)})


def _unsafe(tree: ast.AST, scopes: _Scopes) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (slot for slot in _slots(node) if not scopes.safe(slot))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES for target in targets):
                yield from () if scopes.safe(node.value) else (node.value,)
        elif isinstance(node, ast.FunctionDef) and node.name == "render":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None and not scopes.safe(inner.value):
                    yield inner.value


def _slots(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that end up in a slot."""
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    markup = named.get("markup")
    if isinstance(markup, ast.Constant) and markup.value is False:
        return
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    method = isinstance(call.func, ast.Attribute)
    if name == "from_markup":
        yield from call.args[:1]  # the template itself; its $variables are escaped
    elif name in WIDGETS:
        yield from call.args[:1]
        yield from (value for key, value in named.items() if key == WIDGETS[name])
    elif name == "Hit":
        yield from call.args[1:2]
    elif name in WIDGETS_ALL or (method and name in METHODS_ALL):
        yield from call.args
    elif method and name in METHODS_FIRST and not _is_other_add(call, name, named):
        yield from (argument for argument in call.args[:1] if not isinstance(argument, SET_LIKE))
    if name[:1].isupper():
        yield from (value for key, value in named.items() if key in NAMED)


def _is_other_add(call: ast.Call, name: str, named: dict[str, ast.expr]) -> bool:
    """Whether an `add` is none of a tree of widgets: that of a set, or the desk's verb."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    to_desk = isinstance(receiver, ast.Name) and receiver.id == "desk"
    return name == "add" and (to_desk or (len(call.args) == 1 and not named))


class _Scopes:
    """What the names of a module stand for, as far as one module tells."""

    def __init__(self, tree: ast.Module) -> None:
        self._of: dict[ast.AST, ast.AST] = {}
        self._values: dict[tuple[ast.AST, str], list[ast.expr | None]] = {}
        self._walk(tree, tree)

    def _walk(self, node: ast.AST, scope: ast.AST) -> None:
        self._of[node] = scope
        self._note(node, scope)
        inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) else scope
        for child in ast.iter_child_nodes(node):
            self._walk(child, inner)

    def _note(self, node: ast.AST, scope: ast.AST) -> None:
        """Notes every value that a name gets; None for one that can't be told."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                self._add(node, argument.arg, _typed(argument.annotation))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(scope, target, node.value)
        elif isinstance(node, ast.AnnAssign):
            self._bind(scope, node.target, _typed(node.annotation) or node.value)
        elif isinstance(node, ast.NamedExpr | ast.AugAssign):
            self._bind(scope, node.target, node.value)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._bind(scope, node.target, None)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(scope, node.optional_vars, None)

    def _bind(self, scope: ast.AST, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self._add(scope, target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bind(scope, element, None)

    def _add(self, scope: ast.AST, name: str, value: ast.expr | None) -> None:
        self._values.setdefault((scope, name), []).append(value)

    def safe(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
        """Whether `node` can't be text that is parsed as markup."""
        match node:
            case ast.Constant():
                return True
            case ast.Call(func=ast.Name(id=name)):
                return name in WRAPPERS or name.lstrip("_")[:1].isupper()
            case ast.Call(func=ast.Attribute(value=base, attr=name)):
                wrapped = name in WRAPPERS or name[:1].isupper()
                return wrapped or (not isinstance(base, ast.Constant) and self._made(base, seen))
            case ast.IfExp(body=body, orelse=orelse):
                return self.safe(body, seen) and self.safe(orelse, seen)
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
                return all(self.safe(value, seen) for value in values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.safe(left, seen) and self.safe(right, seen)
            case ast.Starred(value=inner) | ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self.safe(inner, seen)
            case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner):
                return self.safe(inner, seen)
            case ast.Name(id=name):
                return name not in seen and self._known(node, name, seen | {name})
        return False

    def _made(self, base: ast.expr, seen: frozenset[str]) -> bool:
        """Whether a method's result is an object's, not a string's: `content(x).stylize(…)`, not `x.upper()`."""
        return isinstance(base, ast.Call) and self.safe(base, seen)

    def _known(self, node: ast.Name, name: str, seen: frozenset[str]) -> bool:
        scope: ast.AST = self._of[node]
        while (scope, name) not in self._values and self._of[scope] is not scope:
            scope = self._of[scope]
        values = self._values.get((scope, name))
        return bool(values) and all(value is not None and self.safe(value, seen) for value in values)


def _typed(annotation: ast.expr | None) -> ast.expr | None:
    """A stand-in value for what is annotated as an object (`title: Content`): safe; None for text and the rest."""
    if isinstance(annotation, ast.Name) and annotation.id in {
        "Content",
        "Text",
        "Visual",
        "int",
        "bool",
        "float",
    }:
        return ast.Constant(value=None)
    return None
