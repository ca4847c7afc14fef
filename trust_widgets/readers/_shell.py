"""Words, here-documents and variables of shell scripts, without running anything.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from trust_widgets.readers._shell_ends import (
    ENDS_OF_WORDS,
    after_bare,
    after_char,
    after_quotes,
    after_single_quotes,
    last_line,
)
from trust_widgets.readers._shell_files import HEREDOC, FileWrite, bare_name, written_files
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import (
    Hole,
    Tree,
    concatenated,
    not_told,
    own,
    scalar,
)

_ASSIGNED = re.compile(
    r"^[ \t]*(?:(?:export|local|readonly|declare|typeset)[ \t]+(?:-\w+[ \t]+)*)?([A-Za-z_]\w*)=",
    re.MULTILINE,
)
_READ = re.compile(r"^[ \t]*(?:IFS=\S*[ \t]+)?read[ \t][^\n]*?([A-Za-z_]\w*)[ \t]*<<", re.MULTILINE)
_EXPANSION = re.compile(
    r"\\(?P<escape>[\s\S])|\$\{(?P<braced>[^{}]*)\}|\$(?P<name>[A-Za-z_]\w*|[0-9@*#?])"
    r"|(?P<command>\$\(|`)"
)
_BRACED = re.compile(r"([A-Za-z_]\w*|[0-9])(?::?[-=]([\s\S]*))?")
_DEFAULTED = re.compile(r"\$\{([A-Za-z_]\w*):?=([^{}$`\n]*)\}")
# A variable with the folder of the script itself.
_OWN_FOLDER = re.compile(r"\bdirname\b[^\n]*(?:\$0|\$\{0\}|BASH_SOURCE)")
_OWN_ACCOUNT = re.compile(r"\bsts\s+get-caller-identity\b")
_CAT = re.compile(r"""\s*(?:cat\s+|<\s*)["']?([^\s"'<>|;&]+)["']?\s*""")
_DEEPEST = 8
_MOST_LOOKUPS = 400  # of variables: one may be in the value of another, many times


@dataclass
class Script:
    """A script, and what its variables and files are.

    Args:
        source: it. read: gives the text of another file of its folder.
        variables: where their values begin; `None` for one that is set twice.
        files: by their names, where they are written and with what; `None` for what is not known.
        defaults: of variables, as `: "${NAME:=value}"` sets them.
        read_in: what here-documents put into variables.
        is_indented: whether it is in another file, with spaces before each line.
    """

    source: SourceText
    read: Callable[[str], SourceText | None]
    variables: dict[str, int | None] = field(default_factory=dict)
    files: dict[str, list[tuple[int, Tree | None]]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    read_in: dict[str, Tree] = field(default_factory=dict)
    is_indented: bool = False
    depth: int = 0
    lookups: int = _MOST_LOOKUPS

    def __post_init__(self) -> None:
        for found in _ASSIGNED.finditer(self.text):
            name = found[1]
            # one that is set twice may have either value
            if name in self.variables:
                self.variables[name] = None
            else:
                self.variables[name] = found.end()
        for found in _READ.finditer(self.text):
            mark = HEREDOC.search(self.text, found.end() - 2)
            body = self.heredoc(mark) if mark is not None else None
            if body is not None:
                self.read_in[found[1]] = body
        for default in _DEFAULTED.finditer(self.text):
            self.defaults.setdefault(default[1], default[2].strip("\"'"))
        for written in written_files(self.text):
            body = self._written(written)
            self.files.setdefault(written.name, []).append((written.at, body))

    def _written(self, written: FileWrite) -> Tree | None:
        """What is written into a file; `None` where that is not known."""
        if written.heredoc is not None:
            return self.heredoc(written.heredoc)
        if written.word >= 0:
            return self.word(written.word)[0]
        return None

    @property
    def text(self) -> str:
        """Its text."""
        return self.source.clean

    def _tree(self, start: int, end: int, value: str | None = None) -> Tree:
        """A text at a place: the characters that stand there, or what they represent."""
        base = self.source.base
        if value is not None:
            return Tree(base + start, base + end, value=value)
        places = range(base + start, base + end + 1)
        return Tree(base + start, base + end, value=self.text[start:end], places=places)

    # -- here-documents

    def heredoc(self, mark: re.Match[str]) -> Tree | None:
        """The text of a here-document, with its variables if its word has no quotes."""
        begin = self.text.find("\n", mark.end()) + 1
        end = last_line(mark, self.is_indented).search(self.text, begin)
        if not begin or end is None:
            return None
        stop = max(end.start() - 1, begin)
        if mark[2]:
            return self._tree(begin, stop)
        parts = self._expanded(begin, stop, "$`\\\n")
        base = self.source.base
        return concatenated(parts, base + begin, base + stop)

    # -- words

    def word(self, at: int) -> tuple[Tree, int]:
        """The word that begins at a place, and its end."""
        start, parts = at, list[Tree]()
        while at < len(self.text) and self.text[at] not in ENDS_OF_WORDS:
            char = self.text[at]
            if char == "'":
                end = after_single_quotes(self.text, at + 1)
                parts.append(self._tree(at + 1, end - 1))
                at = end
            elif char == '"':
                end = after_quotes(self.text, at + 1, self.is_indented)
                parts += self._expanded(at + 1, end - 1, '"$`\\\n')
                at = end
            else:
                end = after_bare(self.text, at, self.is_indented)
                parts += self._expanded(at, end, "")
                at = end
        base = self.source.base
        if len(parts) == 1:
            return parts[0], at
        return concatenated(parts, base + start, base + at), at

    # -- expansion

    def _expanded(self, start: int, end: int, escapes: str) -> list[Tree]:
        """A text with its variables; `escapes` are the characters that a backslash may precede."""
        parts, at = list[Tree](), start
        while found := _EXPANSION.search(self.text, at, end):
            parts.append(self._tree(at, found.start()))
            at = found.end()
            if found["escape"]:
                escape = found["escape"]
                if escape == "\n":
                    kept = ""
                elif not escapes or escape in escapes:
                    kept = escape
                else:
                    kept = found[0]
                parts.append(self._tree(found.start(), at, kept))
            elif found["command"]:
                at = min(after_char(self.text, found.start(), self.is_indented), end)
                parts.append(self._command(found.start(), at))
            else:
                parts.append(self._variable(found))
        parts.append(self._tree(at, end))
        kept_parts = [part for part in parts if part.kind != "scalar" or part.value != ""]
        return kept_parts or [self._tree(start, end)]

    def _variable(self, found: re.Match[str]) -> Tree:
        base = self.source.base
        hole = Hole(
            found[0].strip("${}"),
            base + found.start(),
            base + found.end(),
        )
        written = found["name"]
        if found["braced"] is not None:
            written = found["braced"]
        named = _BRACED.fullmatch(written)
        if named is None:
            return not_told(hole)
        value = self.value(named[1], hole)
        if value is None and named[2]:
            rests = frozenset([named[1]])
            return scalar(named[2].strip("\"'"), hole.start, hole.end, rests)
        if value is None:
            return not_told(hole._replace(expression=named[1]))
        return value

    def value(self, name: str, hole: Hole) -> Tree | None:
        """The value of a variable that the script sets once; `None` for any other."""
        if name in self.read_in:
            return self.read_in[name]
        at = self.variables.get(name)
        if name not in self.variables and name in self.defaults:
            return scalar(self.defaults[name], hole.start, hole.end, frozenset([name]))
        if at is None or self.depth > _DEEPEST or not self.lookups:
            return None
        self.lookups -= 1
        self.depth += 1
        try:
            value, _ = self.word(at)
        finally:
            self.depth -= 1
        if value.kind == "unknown":
            return not_told(hole._replace(expression=name))
        if value.holes and value.holes[0].own and len(str(value.value)) == 1:
            return own(value.holes[0].own, name, hole.start, hole.end)
        if value.places is None or "{" not in str(value.value):
            return replace(value, start=hole.start, end=hole.end, places=None)
        return value

    def _command(self, start: int, end: int) -> Tree:
        """What a command prints, where the script says it."""
        base = self.source.base
        written = self.text[start:end]
        if written[:1] == "`":
            inner = written[1:-1]
        else:
            inner = written[2:-1]
        shown = " ".join(inner.split())
        if len(shown) >= 80:
            shown = f"{shown[:77]}..."
        hole = Hole(shown, base + start, base + end)
        if _is_own_account(inner):
            return own("account", hole.expression, hole.start, hole.end)
        mark = HEREDOC.search(self.text, start, end)
        first_line, _, _ = inner.partition("\n")
        is_cat = inner.strip().startswith("cat") and "|" not in first_line
        if mark is not None and is_cat:
            body = self.heredoc(mark)
            if body is not None:
                return body
        file = _CAT.fullmatch(inner)
        if file is None:
            return not_told(hole)
        return self.file(file[1], start) or not_told(hole)

    def file(self, name: str, at: int) -> Tree | None:
        """The text of a file at a place: one that the script writes, or one next to it."""
        bare = bare_name(name)
        before = [body for place, body in self.files.get(bare, ()) if place < at]
        if before:
            return before[-1]
        if bare in self.files:
            return None  # written later, perhaps in a function
        source = self.read(self._beside(bare))
        if source is None:
            return None
        end = source.base + len(source.text)
        return Tree(source.base, end, value=source.clean, places=range(source.base, end + 1))

    def _beside(self, name: str) -> str:
        """A name without the variable that holds the folder of the script."""
        variable, _, rest = name.partition("/")
        if variable.startswith("$"):
            at = self.variables.get(variable.removeprefix("$"))
        else:
            at = None
        if at is None or not rest:
            return name
        end = self.text.find("\n", at)
        value = self.text[at : end if end >= 0 else len(self.text)]
        is_own = _OWN_FOLDER.search(value) is not None and ".." not in value
        if is_own:
            return rest
        return name


def _is_own_account(command: str) -> bool:
    """Whether a command asks for the caller's account."""
    asked = _OWN_ACCOUNT.search(command)
    if asked is None or "aws" not in command[: asked.start()]:
        return False
    return bool(re.search(r"\bAccount\b", command[asked.end() :]))
