"""A rough model of a parser's open elements, cheap enough to run over every page."""

from __future__ import annotations

from typing import Final

MAX_DEPTH: Final = 512
MAX_FORMATTING: Final = 200
MAX_OPTIONS: Final = 20_000
MAX_DISORDER: Final = 10_000
"""Elements that are closed in passing by another one's tag though they would have needed their own. A parser may keep them open, and be
quadratic: this model can't tell, and so doesn't let a page have many. Sloppy pages have some hundred."""
MAX_ELEMENTS: Final = 500_000  # a million take 0.8 GB and 4 s a megabyte as segments

_VOID, _FORMATTING, _SCOPE, _IMPLIED, _IMPLIED_SCOPE, _PLAIN = range(6)
_KINDS = (
    dict.fromkeys(
        "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split(), _VOID
    )
    | dict.fromkeys("b big code em font i s small strike strong tt u".split(), _FORMATTING)  # `a` and `nobr` end the one before
    | dict.fromkeys("ul ol dl table select object template svg math caption".split(), _SCOPE)
    | dict.fromkeys("p li dt dd tr tbody thead tfoot option a nobr button".split(), _IMPLIED)
    | dict.fromkeys("td th".split(), _IMPLIED_SCOPE)
)
_SCOPES = frozenset({_SCOPE, _IMPLIED_SCOPE})
VOID: Final = frozenset(name for name, kind in _KINDS.items() if kind == _VOID)
EVENTFUL: Final = frozenset(_KINDS) - VOID
"""These do more than to stand open until their end tag."""
IMPLYING: Final = frozenset(name for name, kind in _KINDS.items() if kind in (_IMPLIED, _IMPLIED_SCOPE))
"""These end an open element of their own kind."""

_IMPLIED_ENDS = frozenset("p tr tbody thead tfoot".split())
"""These end with whatever they stand in; a list's item, for one, does not where the tag of another kind of item follows."""
_TABLE_PARTS = frozenset("td th tr tbody thead tfoot".split())
_TABLES = frozenset({"table", "template"})
_FOREIGN = frozenset({"svg", "math"})
_BREAKING_OUT = frozenset(
    "b big blockquote body center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head i li listing menu nobr ol p pre ruby s small span strong strike sub"
    " sup table tt u ul var".split()
)
"""Elements that end a drawing or formula in which they are found (HTML standard, 13.2.6.5)."""

_CLOSES = {name: group.split() for group in ("dt dd", "td th", "tbody thead tfoot") for name in group.split()}


class OpenElements:
    """What would be open, were the tags seen so far given to a parser."""

    __slots__ = ("active", "counts", "depth", "disorder", "elements", "formatting", "opened", "options", "scopes")

    def __init__(self) -> None:
        self.opened: list[str] = []  # in the innermost scope
        self.counts: dict[str, int] = {}
        self.scopes: list[tuple[str, list[str], dict[str, int]]] = []
        self.formatting: dict[str, list[str]] = {}
        self.depth = self.active = self.options = self.elements = self.disorder = 0

    def open(self, name: str, markup: str) -> None:
        """Take in a start tag; `markup` tells formatting elements of one name apart."""
        self.elements += 1
        kind = _KINDS.get(name, _PLAIN)
        if kind == _VOID:
            return
        if kind == _FORMATTING:
            same = self.formatting.setdefault(name, [])
            if same.count(markup) < 3:  # a fourth of the same kind replaces the first
                same.append(markup)
                self.active += 1
        elif name in IMPLYING:
            self.options += name == "option"
            if name in _TABLE_PARTS and not any(scope in _TABLES for scope, _, _ in self.scopes):
                self.disorder += 1  # a parser overlooks it
            for other in _CLOSES.get(name, (name,)):
                if self.counts.get(other):
                    self.disorder += self.opened[-1] != other and self.opened[-1] not in _IMPLIED_ENDS
                self.close(other)
        self.depth += 1
        if kind in _SCOPES:
            self.scopes.append((name, self.opened, self.counts))
            self.opened, self.counts = [], {}
        else:
            self.opened.append(name)
            self.counts[name] = self.counts.get(name, 0) + 1

    def pass_over(self, name: str) -> bool:
        """Count an element that has only text in it and leaves what is open as it is; False if this one may be no such element."""
        kind = _KINDS.get(name, _PLAIN)
        if kind != _PLAIN and (kind != _IMPLIED or name in _CLOSES or self.counts.get(name)):
            return False
        if self.depth + self.active >= MAX_FORMATTING:
            return False
        self.elements += 1
        self.options += name == "option"
        return True

    def close(self, name: str) -> None:
        """Take in an end tag."""
        kind = _KINDS.get(name, _PLAIN)
        if kind == _FORMATTING:
            self._close_formatting(name)
        elif self.counts.get(name):
            at = self._last(name)
            closed = self.opened[at:]
            self._pass_by(closed[1:])
            for one in closed:
                self.counts[one] -= 1
            self.depth -= len(closed)
            del self.opened[at:]
        elif kind == _SCOPE:
            if any(scope == name for scope, _, _ in self.scopes):
                while self._leave() != name:
                    pass
        elif name in _CLOSES and self.scopes and self.scopes[-1][0] in _CLOSES[name]:
            self._leave()

    def _close_formatting(self, name: str) -> None:
        if self.formatting.get(name):
            self.formatting[name].pop()
            self.active -= 1
        if self.counts.get(name):  # what was opened inside it stays open
            del self.opened[self._last(name)]
            self.counts[name] -= 1
            self.depth -= 1

    def _last(self, name: str) -> int:
        """Where the innermost open element of a name stands."""
        at = len(self.opened) - 1
        while self.opened[at] != name:
            at -= 1
        return at

    def _pass_by(self, closed: list[str]) -> None:
        """Note that these are closed by the tag of another. In a drawing nothing has an end tag (`<path/>`), and what is none of it has left it."""
        if self.scopes and self.scopes[-1][0] in _FOREIGN:
            self.disorder += not _BREAKING_OUT.isdisjoint(closed)
        else:
            self.disorder += not IMPLYING.issuperset(closed)

    def _leave(self) -> str:
        self._pass_by(self.opened)
        self.depth -= len(self.opened) + 1
        name, self.opened, self.counts = self.scopes.pop()
        return name

    def limit(self) -> str:
        """The limit that is broken; looked at now and then for those that are far away."""
        if self.depth + self.active <= MAX_FORMATTING and self.elements % 1000:
            return ""
        if self.active > MAX_FORMATTING:
            return f"formatting: more than {MAX_FORMATTING} open formatting elements"
        if self.depth + self.active > MAX_DEPTH:
            return f"depth: more than {MAX_DEPTH} open elements"
        if self.disorder > MAX_DISORDER:
            return f"nesting: more than {MAX_DISORDER:,} elements closed in passing"
        if self.options > MAX_OPTIONS:
            return f"options: more than {MAX_OPTIONS} option elements"
        if self.elements > MAX_ELEMENTS:
            return f"elements: more than {MAX_ELEMENTS} elements"
        return ""
