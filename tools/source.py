"""C++ sources as the checks of this folder read them.

Nothing here is a C++ parser. A Source blanks out comments and literals, so that what is left can be
searched, and `groups` turns the text into tokens nested by brackets, with every brace told apart: a
block of statements, the body of a type, or an initialiser.
"""

import pathlib
import re

# ------------------------------------------------------------------------------------------- files

SUFFIXES = (".h", ".cc")


def files(root, folders, suffixes=SUFFIXES):
    """Paths below the folders, relative to the root, in order."""
    found = []
    for folder in folders:
        for path in (root / folder).rglob("*"):
            if path.suffix in suffixes and path.is_file():
                found.append(path.relative_to(root))
    return sorted(found)


def is_test(path):
    """Whether a file belongs to tests: in tests/, x_test.cc, or test_x.h and test_x.cc beside them."""
    path = pathlib.PurePath(path)
    return path.parts[0] == "tests" or path.stem.endswith("_test") or path.stem.startswith("test_")


class Source:
    """One file: `text` as written; `code` with comments and literals blanked, of the same length."""

    def __init__(self, root, path):
        self.path = pathlib.PurePath(path)
        self.text = (root / path).read_text(encoding="utf-8")
        self.lines = self.text.split("\n")
        self.code = blank(self.text)
        self._starts = [0]
        for match in re.finditer("\n", self.text):
            self._starts.append(match.end())

    def line(self, offset):
        """The line number, from 1, of a position in the text."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            if self._starts[middle] <= offset:
                low = middle
            else:
                high = middle
        return low + 1

    def comment_above(self, line):
        """The comment lines that stand directly above a line, and the one at its end."""
        comments = []
        above = line - 2
        while above >= 0 and self.lines[above].strip().startswith("//"):
            comments.append(self.lines[above].strip())
            above -= 1
        comments.reverse()
        end = self.lines[line - 1]
        if "//" in end:
            comments.append(end[end.index("//"):])
        return " ".join(comments)

    def allows(self, line, mark):
        """Whether a comment `// <mark>: reason` stands at the line or above it."""
        return re.search(r"//\s*" + re.escape(mark) + r":\s*\S", self.comment_above(line)) is not None


# ---------------------------------------------------------------------------------------- blanking

_LITERALS = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<tag>[^\s()\\]{0,16})\(.*?\)(?P=tag)"
      | "(?:[^"\\\n]|\\.)*"
      | (?<![0-9A-Za-z_])'(?:[^'\\\n]|\\.)+'
    """,
    re.DOTALL | re.VERBOSE,
)


def blank(text):
    """The text with comments gone and the insides of literals replaced by blanks."""

    def replace(match):
        found = match.group()
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        quote = found[-1]
        inside = re.sub(r"[^\n]", " ", found[1:-1])
        return quote + inside + quote

    return _LITERALS.sub(replace, text)


# ------------------------------------------------------------------------------------------ tokens

_TOKEN = re.compile(r"[A-Za-z_]\w*|[0-9](?:[\w.]|'\d)*|::|->|&&|\"[^\"]*\"|'[^']*'|[^\s]")
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


class Group:
    """A bracket and what stands between it and its end: tokens and groups, in order.

    kind: "file", "(", "[", or for braces "block", "type" (class, enum, namespace), "init".
    """

    def __init__(self, kind, offset):
        self.kind = kind
        self.offset = offset
        self.items = []

    def __repr__(self):
        return "Group(%s, %r)" % (self.kind, self.items)


class Token(str):
    """A word or sign with its position."""

    def __new__(cls, text, offset):
        token = super().__new__(cls, text)
        token.offset = offset
        return token


def groups(code):
    """The whole text as one Group. Preprocessor lines are left out."""
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: re.sub(r"[^\n]", " ", m.group()), code)
    top = Group("file", 0)
    stack = [top]
    ends = [None]
    for match in _TOKEN.finditer(code):
        text = match.group()
        if text in _CLOSERS:
            parent = stack[-1]
            kind = _brace_kind(parent) if text == "{" else text
            group = Group(kind, match.start())
            parent.items.append(group)
            stack.append(group)
            ends.append(_CLOSERS[text])
        elif text in (")", "]", "}"):
            if len(stack) > 1 and ends[-1] == text:
                stack.pop()
                ends.pop()
        else:
            stack[-1].items.append(Token(text, match.start()))
    return top


_TYPE_WORDS = {"namespace", "class", "struct", "union", "enum"}
_BLOCK_WORDS = {"else", "do", "try", "const", "noexcept", "override", "final", "mutable", "extern"}


def is_group(item, kind=None):
    return isinstance(item, Group) and (kind is None or item.kind == kind)


def statement_start(items, end):
    """The position of the first item of the statement that items[end] would belong to."""
    at = end
    while at > 0:
        item = items[at - 1]
        if item == ";" or is_group(item, "block") or is_group(item, "type"):
            break
        at -= 1
    return at


def is_lambda_introducer(items, at):
    """Whether items[at], a "[" group, begins a lambda."""
    if not is_group(items[at], "["):
        return False
    if items[at].items and all(is_group(item, "[") for item in items[at].items):
        return False  # an attribute
    if at == 0:
        return True
    before = items[at - 1]
    if is_group(before):
        return before.kind in ("block", "type")
    if before in ("&", "&&") and at > 1 and items[at - 2] == "auto":
        return False  # a structured binding
    if before in ("auto", "operator", "delete", "new"):
        return False
    if re.match(r"\w", before):
        return before in ("return", "co_return", "co_await", "co_yield", "case", "else", "throw")
    return not before.startswith('"')


def _brace_kind(parent):
    """The kind of a brace that opens now, after parent.items."""
    items = parent.items
    statement = items[statement_start(items, len(items)):]
    words = [item for item in statement if isinstance(item, Token)]
    if _TYPE_WORDS & set(words) and "=" not in words and not any(is_group(i, "(") for i in statement):
        return "type"
    if parent.kind in ("init", "(", "[") and not statement:
        return "init"
    if not statement:
        return "block"
    last = statement[-1]
    if is_group(last):
        if last.kind == "(":
            return "block"
        if last.kind == "[":
            return "block" if is_lambda_introducer(items, len(items) - 1) else "init"
        return "block"  # after the last initialiser of a constructor
    if last in _BLOCK_WORDS:
        return "block"
    if last == ":" and words and words[0] in ("case", "default"):
        return "block"
    # A trailing return type: "-> base::Result<void> {".
    at = len(statement) - 1
    while at >= 0 and _may_be_in_type(statement[at]):
        at -= 1
    if at > 0 and statement[at] == "->" and (
            is_group(statement[at - 1], "(") or statement[at - 1] in ("mutable", "noexcept", "const")):
        return "block"
    return "init"


def _may_be_in_type(item):
    if is_group(item):
        return item.kind == "("
    return re.match(r"\w+$|::$|[<>,*&]", item) is not None


def walk(group):
    """The group and every group inside it."""
    yield group
    for item in group.items:
        if is_group(item):
            yield from walk(item)


# ----------------------------------------------------------------------------------------- results

class Report:
    """Collects what a check finds, as file:line: rule: what."""

    def __init__(self, name):
        self.name = name
        self.found = []

    def add(self, path, line, rule, what):
        self.found.append("%s:%d: %s: %s" % (path, line, rule, what))

    def finish(self, checked):
        """Prints everything; returns the exit code. A check that saw no file has not checked."""
        for one in sorted(set(self.found)):
            print(one)
        if checked == 0:
            print("%s: no file to check: is --root right?" % self.name)
            return 1
        print("%s: %d files, %d violations" % (self.name, checked, len(set(self.found))))
        return 1 if self.found else 0
