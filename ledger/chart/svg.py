"""A drawing as SVG: the same bytes for the same drawing, no font inside, text that can be read aloud and searched.

A PNG is made of that SVG; this is the only module that knows resvg.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from math import sqrt

from ledger.chart.drawing import PALETTE, UNITS_PER_MM, Box, Dot, Drawing, Label, Look, Mark, Part, Plain, Point, Shape
from ledger.chart.typeface import Typeface, settable
from ledger.text.safe import xml_safe

FONTS = (
    '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB","Microsoft YaHei",'
    '"WenQuanYi Micro Hei",sans-serif'
)
"""Where the reader's system finds Chinese type; nothing is loaded."""


def svg(
    drawing: Drawing[str],
    *,
    night: bool = True,
    fonts: str = FONTS,
    outline: bool = False,
    in_mm: bool = False,
    inside: bool = False,
) -> str:
    """The drawing as a file of its own, which may also stand inside a page: its styles touch nothing else.

    It is as wide as the window or the page lets it be, or with `in_mm` as large as on paper. With `night` it has its
    own colours for dark screens; paper stays light. `outline` makes bold letters bold where the type has one weight
    only. One that stands `inside` a page brings no style, which the policy of a page may forbid: the style sheet of
    that page has the colours (`.f-NAME` fills, `.s-NAME` strokes) and the type.
    """
    marks = "\n".join(_marks(drawing.marks))
    wide, tall = figure(drawing.wide), figure(drawing.tall)
    size = 'width="100%" style="height:auto"'
    if in_mm:
        size = f'width="{figure(drawing.wide / UNITS_PER_MM)}mm" height="{figure(drawing.tall / UNITS_PER_MM)}mm"'
    style, space = f"<style>\n{_style(drawing, night, fonts, outline)}\n</style>\n", "http://www.w3.org/2000/svg"
    head = f'<svg xmlns="{space}" class="ledger-chart" role="img" {size}'
    if inside:
        head, style = '<svg class="ledger-chart" role="img"', ""
    return (
        f'{head} viewBox="0 0 {wide} {tall}">\n'
        f"<title>{_text(drawing.title)}</title>\n<desc>{_text(drawing.desc)}</desc>\n"
        f"{style}"
        f'<rect class="f-paper" width="{wide}" height="{tall}"/>\n{marks}\n</svg>\n'
    )


def figure(value: float) -> str:
    """A length with at most two decimals, and no more than it needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    return escape(xml_safe(text))


def _style(drawing: Drawing[str], night: bool, fonts: str, outline: bool) -> str:
    names = sorted(set(_colors(drawing)) | {"paper"})
    rules = [f".ledger-chart text{{font-family:{fonts}}}", ".ledger-chart .b{font-weight:700}"]
    rules += [_rule(name, PALETTE[name].light) for name in names]
    if outline:
        bold = sorted({label.color for label in drawing.labels() if label.bold})
        rules += [f".ledger-chart .b.f-{name}{{stroke:{PALETTE[name].light};stroke-width:.4}}" for name in bold]
    if night:
        dark = "".join(_rule(name, PALETTE[name].dark) for name in names)
        rules.append(f"@media screen and (prefers-color-scheme:dark){{{dark}}}")
    return "\n".join(rules)


def _rule(name: str, color: str) -> str:
    return f".ledger-chart .f-{name}{{fill:{color}}}.ledger-chart .s-{name}{{stroke:{color}}}"


def _colors(drawing: Drawing[str]) -> Iterable[str]:
    for mark in drawing.flat():
        if isinstance(mark, Label):
            yield mark.color
        else:
            yield from filter(None, (mark.look.fill, mark.look.line))


def _marks(marks: Iterable[Mark[str]]) -> Iterable[str]:
    for mark in marks:
        if isinstance(mark, Part):
            yield f"<g><title>{_text(mark.title)}</title>"
            yield from _marks(mark.marks)
            yield "</g>"
        else:
            yield _mark(mark)


def _mark(mark: Plain | Label[str]) -> str:
    if isinstance(mark, Label):
        return _label(mark)
    look = _look(mark.look)
    if isinstance(mark, Box):
        x, y, wide, tall = map(figure, mark[:4])
        return f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}"{look}/>'
    if isinstance(mark, Dot):
        return f'<circle cx="{figure(mark.x)}" cy="{figure(mark.y)}" r="{figure(mark.radius)}"{look}/>'
    closed = "Z" if isinstance(mark, Shape) else ""
    return f'<path d="{_path(mark.points)}{closed}"{look}/>'


def _path(points: tuple[Point, ...]) -> str:
    """Steps are written as what they are: curves of weeks are made of them."""
    x, y = map(figure, points[0])
    parts = [f"M{x} {y}"]
    for left, top in points[1:]:
        here = figure(left), figure(top)
        if here == (x, y):
            continue
        parts.append(f"V{here[1]}" if here[0] == x else f"H{here[0]}" if here[1] == y else f"L{here[0]} {here[1]}")
        x, y = here
    return "".join(parts)


def _label(label: Label[str]) -> str:
    bold = " b" if label.bold else ""
    at = "" if label.at == "start" else f' text-anchor="{label.at}"'
    place = f'x="{figure(label.x)}" y="{figure(label.y)}" font-size="{figure(label.size)}"'
    return f'<text class="f-{label.color}{bold}" {place}{at}>{_text(label.text)}</text>'


def _look(look: Look) -> str:
    names = [f"f-{look.fill}"] if look.fill else []
    names += [f"s-{look.line}"] if look.line else []
    text = f' class="{" ".join(names)}"' if names else ""
    if not look.fill:
        text += ' fill="none"'
    if look.line and look.width != 1:
        text += f' stroke-width="{figure(look.width)}"'
    if look.line and look.dash:
        text += f' stroke-dasharray="{" ".join(map(figure, look.dash))}"'
    return text


_DOTS_PER_INCH, _ZOOM, _MOST_DOTS = 96, 2.0, 40_000_000
_DOTS_PER_UNIT = _DOTS_PER_INCH / 25.4 / UNITS_PER_MM


class UnusableFont(Exception):
    """The library cannot draw with this font, though others can."""


def png(drawing: Drawing[str], face: Typeface) -> bytes:
    """The drawing as it looks on paper, at 192 dots an inch; a very large one at fewer, at most 40 million in all.

    Raises `UnusableFont` rather than leave out the text without a word.
    """
    if any(label.text for label in drawing.labels()) and not _draws(face):
        raise UnusableFont(face.family)
    dots = drawing.wide * drawing.tall * _DOTS_PER_UNIT**2
    return _drawn(settable(drawing, face), face, min(_ZOOM, sqrt(_MOST_DOTS / dots)))


def _drawn(drawing: Drawing[str], face: Typeface, zoom: float) -> bytes:
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra, and only one of several formats

    return bytes(
        svg_to_bytes(
            svg_string=svg(drawing, night=False, fonts=f'"{face.family}"', outline=True, in_mm=True),
            font_files=[str(face.path)], skip_system_fonts=True, font_family=face.family,
            sans_serif_family=face.family, dpi=_DOTS_PER_INCH, zoom=zoom,
        )
    )  # fmt: skip


@cache
def _draws(face: Typeface) -> bool:
    """Whether a letter leaves a trace: the library passes over fonts it does not understand."""
    sign = next((chr(sign) for sign in (0x6574, 0x4E2D, 0x61) if sign in face.covers), "")
    blank: Drawing[str] = Drawing(40, 40, "", "", ())
    return _drawn(blank._replace(marks=(Label(4, 32, sign, 30),)), face, 1) != _drawn(blank, face, 1)
