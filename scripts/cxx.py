"""What the checks of this folder share: finding our C++ files, and reading them without comments and strings."""

import os
import re
import subprocess
import sys
from typing import NamedTuple

SUFFIXES = (".cpp", ".hpp", ".h", ".c", ".ipp")
SKIPPED_FOLDERS = {"build", "node_modules", "__pycache__"}

# Order matters: a quote inside a comment starts no string, and the reverse. A quote between digits is C++14's
# digit separator, which is why numbers are tokens of their own.
_TOKEN = re.compile(
    r"""
    (?P<comment>//(?:\\\n|[^\n])*|/\*.*?(?:\*/|\Z))
  | (?P<raw>(?:u8|[uUL])?R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
  | (?P<string>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|(?:u8|[uUL])?'(?:\\.|[^'\\\n])*')
  | (?P<number>\.?\d(?:'?[\w.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>::|->|&&|\|\||[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)


class Token(NamedTuple):
    kind: str  # string, number, word or mark
    text: str
    line: int


def _blanked(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The text with every comment blanked; lines and columns stay where they were."""

    def keep_or_blank(match):
        return _blanked(match.group()) if match.lastgroup == "comment" else match.group()

    return _TOKEN.sub(keep_or_blank, text)


def tokens(text):
    """The tokens of a file. Comments and preprocessor lines are left out; a string is one token."""
    text = without_comments(text)
    text = _DIRECTIVE.sub(lambda match: _blanked(match.group()), text)
    found, line, at = [], 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        kind = "string" if match.lastgroup in ("raw", "delimiter", "string") else match.lastgroup
        found.append(Token(kind, match.group(), line))
    return found


def includes(text):
    """The (line, quote, path) of every #include; quote is '"' or '<'."""
    text = without_comments(text)
    return [(text.count("\n", 0, m.start(2)) + 1, m.group(1), m.group(2)) for m in _INCLUDE.finditer(text)]


def source_files(root):
    """Our C++ files, relative to root and sorted: those that git tracks or would add; without git, all of them."""
    git = ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = _walk(root)
    return sorted({p for p in listed if p.endswith(SUFFIXES) and os.path.isfile(os.path.join(root, p))})


def _walk(root):
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if n not in SKIPPED_FOLDERS and not n.startswith(".")]
        for name in files:
            yield os.path.relpath(os.path.join(folder, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def plant(root, files):
    """Writes {path: text} under root: the small trees of the self-tests."""
    for path, text in files.items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)


def main(name, check, self_test):
    """The command line of every check: [--self-test] [ROOT]. Exits 0 when clean, 1 with offences, one a line."""
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        sys.exit(self_test())
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        sys.exit(f"usage: {name} [--self-test | ROOT]")
    root = arguments[0] if arguments else os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    count, offences = check(root)
    for offence in offences:
        print(offence)
    if count == 0:
        sys.exit(f"{name}: no C++ file under {root}")
    print(f"{name}: {count} files, {len(offences)} offences")
    sys.exit(1 if offences else 0)
