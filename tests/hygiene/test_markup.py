"""User text is never markup: no slot of a widget gets it bare, and the finder that says so is tried on both kinds."""

from __future__ import annotations

import pytest

from tests.hygiene.markup import bare_text
from tests.hygiene.sources import PACKAGE, modules, relative


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Static(f'Hello {name}')",
        "Static('Hello ' + name)",
        "Static('Hello %s' % name)",
        "Static('Hello {}'.format(name))",
        "Static(', '.join(names))",
        "Static(str(name))",
        "Static(plain(name))",
        "Static(content=row.contact)",
        "Label(row.contact)",
        "widgets.Label(row.contact)",
        "Button(name, variant='primary')",
        "Option(row.action, id='1')",
        "OptionList(*names)",
        "OptionList('all', name)",
        "OptionList(*[name for name in names])",
        "Select([(name, 1)])",
        "TabPane(title, Static('x'))",
        "Collapsible(Static('x'), title=name)",
        "Input(placeholder=name)",
        "self.query_one('#card').update(row.action)",
        "self.update(f'{n} rows')",
        "self.notify(message)",
        "self.app.notify(f'Done: {row.action}')",
        "self.notify(message, markup=True)",
        "table.add_row('1', row.contact)",
        "table.add_column(name)",
        "options.add_option(name)",
        "options.add_options([name])",
        "tree.root.add(name, data=1)",
        "self.tooltip = row.note",
        "pane.border_title = f'Overdue {n}'",
        "pane.border_title: str = title",
        "Content.from_markup(f'[b]{name}[/b]')",
        "Text.from_markup(row.action)",
        "yield Hit(score, matcher.highlight(name), run)",
        "yield DiscoveryHit(name, run)",
        "class Line(Static):\n def render(self): return f'{self.name}'",
        "def show(name):\n title = name\n Static(title)",
        "def show(name: str):\n title = 'x'\n if name: title = name\n Static(title)",
        "def show(text: str): Static(text)",
        "for name in names: Static(name)",
        "title = title\nStatic(title)",
    ],
)
def test_bare_text_is_found(source: str) -> None:
    assert bare_text(source)


@pytest.mark.parametrize(
    "source",
    [
        "Static('Nothing overdue.')",
        "Static()",
        "Static(name, markup=False)",
        "Static(content(name))",
        "Static(safe.content(name))",
        "Static(Content(name))",
        "Static(content(name).stylize('bold'))",
        "Static(Content.assemble((name, 'bold')))",
        "Static(content(name) if name else 'nobody')",
        "Static(content('a') + content(name))",
        "Static(Strip(segments))",
        "Content.from_markup('[b]$who[/b]', who=name)",
        "self.notify(plain(message), markup=False)",
        "self.notify('Saved.')",
        "self.update(content(row.action))",
        "seen.update({1: 2})",
        "seen.add(name)",
        "progress.update(progress=3)",
        "OptionList(*[Option(content(name), id=name) for name in names])",
        "pane.border_title = content(title)",
        "self.tooltip = None",
        "def show(title: Content): Static(title)",
        "def show(name):\n title = content(name)\n Static(title)",
        "EMPTY = 'Nothing'\ndef show(): Static(EMPTY)",
        "class Line(Static):\n def render(self): return content(self.name)",
        "parser.add_argument(name, help='x')",
        "open(name)",
    ],
)
def test_wrapped_text_passes(source: str) -> None:
    assert bare_text(source) == []


def test_no_slot_of_the_screen_gets_bare_text() -> None:
    screens = modules(PACKAGE / "tui")
    assert screens
    found = [f"{relative(path)}:{line}" for path in screens for line in bare_text(path.read_text("utf-8"))]
    assert found == []
