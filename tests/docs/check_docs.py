"""Checks the documentation: links lead somewhere, commands print what is shown, snippets are those of the examples.

Usage: ANNEAL=path/to/anneal check_docs.py [FILE.md...]

A ```console block holds commands after "$ " and the standard output of each; a line "..." stands for any lines. Words
after "console" are programs without which the block is skipped. All blocks of a file run in one scratch folder, which
sees examples/ and src/. A ```cpp block after a line <!-- examples/x.cpp --> must be a part of that file.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^(?:<!-- (?P<source>\S+) -->\n)?```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def anchors(text):
    """The anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def check_links(page, text):
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{link} leads nowhere"
        elif anchor and anchor not in anchors(target.read_text()):
            yield f"{link}: the page has no such heading"


def matches(shown, printed):
    pattern = "".join("(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in shown)
    return re.fullmatch(pattern, printed) is not None


def split_commands(body):
    """(command, lines of output shown) for each command of a block."""
    commands = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def check_console(body, folder):
    for command, shown in split_commands(body):
        done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120)
        if not matches(shown, done.stdout):
            yield f"{command.strip()} ended with {done.returncode} and printed\n{done.stdout}{done.stderr}"


def check_snippet(body, source):
    def plain(text):
        return "\n".join(line.strip() for line in text.splitlines())

    if plain(body) not in plain((ROOT / source).read_text()):
        yield f"a snippet differs from {source}"


def check_page(page):
    text = page.read_text()
    yield from check_links(page, text)
    with tempfile.TemporaryDirectory(prefix="anneal-docs-") as folder:
        for name in ("examples", "src"):
            os.symlink(ROOT / name, pathlib.Path(folder) / name)
        for block in BLOCK.finditer(text):
            language, *programs = shlex.split(block["info"]) or [""]
            if language == "console" and all(map(shutil.which, programs)):
                yield from check_console(block["body"], folder)
            if block["source"]:
                yield from check_snippet(block["body"], block["source"])


def main():
    anneal = pathlib.Path(os.environ["ANNEAL"]).resolve()
    os.environ["PATH"] = f"{anneal.parent}{os.pathsep}{os.environ['PATH']}"
    pages = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    pages = pages or sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
    problems = [f"{page.name}: {problem}" for page in pages for problem in check_page(page)]
    print(*problems, sep="\n")
    print(f"{len(pages)} pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
