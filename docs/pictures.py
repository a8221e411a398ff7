"""The pictures of the documentation, each made by the command it shows.

Charts are written by `ledger chart`. A terminal is what a command prints in colour, set as text in a grid: the colours
stay those of the command, and each run of text is stretched to its cells, whatever font there is.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from transcript import ROOT, environment

from ledger.text.width import cell_width

CELL, LINE, EDGE, TOP = 8.4, 19, 16, 40
"""Width of a cell, height of a line, the margin, and the room for the frame's head, in pixels."""
WIDTH = 80
COLOURS = {"31": "#b3261e", "32": "#1b6e3c", "33": "#8a5a00", "34": "#1f4e9c", "35": "#7a2f8f", "36": "#0b6b74"}
"""The colours of a terminal, dark enough to be read on the light ground of the frame."""
FONT = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'WenQuanYi Micro Hei Mono', monospace"
_RUN = re.compile(r" {2,}|[\u2e80-\uffef]+|(?:[^\u2e80-\uffef ]| (?! ))+")
"""Blanks, wide signs, or narrow ones with single blanks between them."""
_CODE = re.compile(r"\x1b\[([\d;]*)m")
_BLOCKS = 4
"""Of the status the head, the bars, the table and what is short; the page shows the rest as text."""
_CHARTS = {
    "wall-chart.svg": ["chart", "gantt", "book:measures", "--by", "node", "--lang", "en"],
    "wall-chart.zh.svg": ["chart", "gantt", "book:measures", "--by", "node", "--lang", "zh"],
}


def pictures() -> dict[Path, str]:
    """Every picture that is compared with what the commands make today, by its path."""
    folder = ROOT / "docs" / "picture"
    made = {folder / name: _printed([*arguments, "-o", "-"]) for name, arguments in _CHARTS.items()}
    for lang, name in (("en", "status.svg"), ("zh", "status.zh.svg")):
        shown = ["status", "--lang", lang]
        blocks = _printed([*shown, "--color", "always"]).split("\n\n")
        made[folder / name] = terminal("\n\n".join(blocks[:_BLOCKS]), f"$ ledger {' '.join(shown)}")
    made[folder / "curve.svg"] = _curve()
    return made


def _curve() -> str:
    """The curve of the made-up full-size ledger."""
    with tempfile.TemporaryDirectory() as place:
        full = str(Path(place, "full"))
        _printed(["init", full, "--example", "full"])
        return _printed(["-C", full, "chart", "burnup", "book:measures,problems", "--lang", "en", "-o", "-"])


def _printed(arguments: list[str]) -> str:
    """What a command prints, 80 cells wide; on `data/` unless it names another ledger."""
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment("zh"), capture_output=True, encoding="utf-8", check=False)
    if done.returncode > 1 or done.stderr:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def terminal(printed: str, command: str) -> str:
    """An SVG of a terminal in which `command` printed that, with its colours."""
    lines = [command, *printed.rstrip("\n").split("\n")]
    width, height = round(WIDTH * CELL + 2 * EDGE), TOP + len(lines) * LINE + EDGE
    body = [line for number, text in enumerate(lines) for line in _line(text, TOP + number * LINE + 13)]
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img">',
        f"<title>{escape(command)}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#fbfaf7" stroke="#b8b4aa"/>',
        *(f'<circle cx="{20 + 18 * number}" cy="18" r="5" fill="#d5d1c7"/>' for number in range(3)),
        f'<g font-family="{FONT}" font-size="14" fill="#22211e">',
        *body,
        "</g>",
        "</svg>\n",
    ))  # fmt: skip


def _line(text: str, y: int) -> list[str]:
    """One line as runs of text, each as long as its cells; a viewer may drop blanks at its ends or take two for one."""
    found, style, at = [], "", 0
    for number, piece in enumerate(_CODE.split(text)):
        if number % 2:
            style = _style(piece, style)
            continue
        for run in _RUN.findall(piece):
            signs = run.strip()
            if signs:
                start, cells = at + len(run) - len(run.lstrip()), cell_width(signs)
                size = ' font-size="16"' if cells > len(signs) else ""
                place = f'x="{EDGE + start * CELL:.1f}" y="{y}" textLength="{cells * CELL:.1f}"'
                found.append(f"<text {place}{size}{style}>{escape(signs)}</text>")
            at += cell_width(run)
    return found


def _style(code: str, style: str) -> str:
    """What a run looks like after an escape code."""
    for number in code.split(";"):
        if number in ("", "0"):
            style = ""
        elif number == "1":
            style += ' font-weight="bold"'
        elif number in COLOURS:
            style += f' fill="{COLOURS[number]}"'
    return style
