#!/usr/bin/env python3
"""The SVG and DOT of every device made by hand, as other programs read them.

SVG: well-formed, nothing active, texts and boxes inside the view, no markup from hostile names.
DOT: accepted by Graphviz, where it is installed, with as many nodes and edges as were written.

Usage: check_graph_files.py GRAPH_SAMPLE
"""
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {SVG + name for name in ("svg", "title", "desc", "style", "rect", "text", "path", "g")}
ATTRIBUTES = {"xmlns", "width", "height", "viewBox", "role", "aria-labelledby", "id", "class", "x",
              "y", "rx", "d"}


def sample(program: str, *arguments: str) -> str:
    result = subprocess.run([program, *arguments], capture_output=True, check=True)
    return result.stdout.decode("utf-8")  # strictly


def check_box(element, width: int, height: int) -> None:
    x, y = int(element.get("x", "0")), int(element.get("y", "0"))
    assert 0 <= x and x + int(element.get("width", "0")) <= width, element.attrib
    assert 0 <= y and y + int(element.get("height", "0")) <= height, element.attrib


def check_svg(text: str) -> None:
    root = ElementTree.fromstring(text)
    assert root.tag == SVG + "svg"
    _, _, width, height = map(int, root.get("viewBox").split())
    assert [child.tag for child in root][:3] == [SVG + "title", SVG + "desc", SVG + "style"]
    for element in root.iter():
        assert element.tag in ALLOWED, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        if element.tag in (SVG + "rect", SVG + "text"):
            check_box(element, width, height)
    style = root.find(SVG + "style").text
    assert "prefers-color-scheme: dark" in style
    assert style.count("{") == style.count("}")
    assert "url(" not in text and "@import" not in text


def check_dot(text: str) -> None:
    if not shutil.which("dot"):
        return
    result = subprocess.run(["dot", "-Tplain"], input=text.encode(), capture_output=True)
    assert result.returncode == 0 and not result.stderr, result.stderr.decode()
    plain = result.stdout.decode()
    edges = len(re.findall(r"^  (?:\w+ -> \w+) \[", text, re.MULTILINE))
    nodes = len(re.findall(r"^    \w+ \[", text, re.MULTILINE))
    assert len(re.findall(r"^node ", plain, re.MULTILINE)) == nodes, plain
    assert len(re.findall(r"^edge ", plain, re.MULTILINE)) == edges + 4, plain


def main() -> int:
    program = sys.argv[1]
    names = sample(program, "list").split()
    assert len(names) > 5, names
    for name in names:
        for edges in ("active", "possible"):
            check_svg(sample(program, name, "svg", edges))
            check_dot(sample(program, name, "dot", edges))
    print(f"{len(names)} devices drawn and read back")
    return 0


if __name__ == "__main__":
    sys.exit(main())
