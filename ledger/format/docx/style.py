"""How a Word document looks: the paper, typefaces and sizes of official Chinese documents (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Mm

from ledger.model.record import NamedTuple

SONG, HEI, FANG, KAI, TITLE = "宋体", "黑体", "仿宋", "楷体", "方正小标宋简体"
_LATIN = "Times New Roman"
_FONTS = {
    SONG: ("SimSun,STSong,华文宋体,Songti SC,Source Han Serif SC,Noto Serif CJK SC", "roman"),
    TITLE: ("方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,STZhongsong,SimSun,宋体,Noto Serif CJK SC", "roman"),
    HEI: ("SimHei,STHeiti,华文黑体,Heiti SC,Source Han Sans SC,Noto Sans CJK SC", "swiss"),
    FANG: ("FangSong,仿宋_GB2312,FangSong_GB2312,STFangsong,华文仿宋,Noto Serif CJK SC", "modern"),
    KAI: ("KaiTi,楷体_GB2312,KaiTi_GB2312,STKaiti,华文楷体,Kaiti SC,Noto Serif CJK SC", "script"),
}
"""Each typeface with the names it bears elsewhere: a program takes the first one that it has."""

_DROPPED = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings")
"""Parts of the library's template that a report has no use for."""


class Style(NamedTuple):
    """A paragraph style; sizes and distances in points. `line` is a fixed line height, 0 for that of the typeface."""

    id: str
    name: str
    face: str = FANG
    size: float = 16
    bold: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 0
    indent: bool = False
    outline: int | None = None
    with_next: bool = False
    color: str = ""
    rule: str = ""
    """The colour of a line below."""


CHINESE = (
    Style("Normal", "Normal", line=28, align="both"),
    Style("BodyText", "Body Text", line=28, align="both", indent=True),
    Style("Title", "Title", HEI, 22, align="center", before=8, after=10, line=34),
    Style("Subtitle", "Subtitle", KAI, 14, align="center", after=14, line=24),
    Style("Heading1", "heading 1", HEI, line=28, before=10, after=4, outline=0, with_next=True),
    Style("Heading2", "heading 2", KAI, line=28, before=6, after=2, outline=1, with_next=True),
    Style("Heading3", "heading 3", FANG, bold=True, line=28, before=4, outline=2, with_next=True),
    Style("Caption", "caption", HEI, 12, align="center", before=6, after=4, with_next=True),
    Style("Code", "Code", SONG, 10.5),
    Style("Note", "Note", FANG, 10.5, before=3),
    Style("Footer", "footer", SONG, 14),
)
ENGLISH = (
    Style("Normal", "Normal", size=12, line=18),
    Style("BodyText", "Body Text", size=12, line=18, after=6),
    Style("Title", "Title", HEI, 20, True, "center", 8, 8, 28),
    Style("Subtitle", "Subtitle", KAI, 12, align="center", after=12, line=18),
    Style("Heading1", "heading 1", HEI, 14, True, line=20, before=12, after=4, outline=0, with_next=True),
    Style("Heading2", "heading 2", KAI, 13, True, line=19, before=8, after=3, outline=1, with_next=True),
    Style("Heading3", "heading 3", FANG, 12, True, line=18, before=6, outline=2, with_next=True),
    Style("Caption", "caption", HEI, 11, True, "center", 6, 4, with_next=True),
    Style("Code", "Code", SONG, 10),
    Style("Note", "Note", FANG, 10, before=3),
    Style("Footer", "footer", SONG, 12),
)


OFFICIAL = {
    "zh": (
        Style("Issuer", "Issuer", TITLE, 28, align="center", before=10, after=6, line=40, color="D7000F"),
        Style("Number", "Number", FANG, 16, align="center", before=6, after=6, line=28, rule="D7000F"),
        Style("Headline", "Headline", TITLE, 22, align="center", before=4, after=10, line=34),
        Style("To", "To", FANG, 16, line=28),
        Style("Sentence", "Sentence", FANG, 16, line=28, align="both", indent=True),
        Style("Enclosure", "Enclosure", FANG, 16, line=28, indent=True),
        Style("Signed", "Signed", FANG, 16, align="right", line=28, with_next=True),
        Style("EnclosureMark", "Enclosure Mark", HEI, 16, line=28, with_next=True),
        Style(
            "EnclosureTitle",
            "Enclosure Title",
            TITLE,
            16,
            align="center",
            before=10,
            after=6,
            line=26,
            outline=0,
            with_next=True,
        ),
        Style("Warned", "Warned", HEI, 12, line=18, color="B00020"),
        Style("Sealed", "Sealed", FANG, 10.5, before=8),
        Style("KeptNote", "Kept Note", FANG, 10.5, before=3, with_next=True),
    ),
    "en": (
        Style("Issuer", "Issuer", HEI, 22, True, "center", 4, 4, 28, color="9C0A16"),
        Style("Number", "Number", FANG, 12, align="center", after=6, line=18, rule="9C0A16"),
        Style("Headline", "Headline", HEI, 18, True, "left", 12, 8, 24),
        Style("To", "To", FANG, 12, line=18),
        Style("Sentence", "Sentence", FANG, 11.5, line=17, after=5),
        Style("Enclosure", "Enclosure", FANG, 11.5, line=17),
        Style("Signed", "Signed", FANG, 11.5, line=17, with_next=True),
        Style("EnclosureMark", "Enclosure Mark", HEI, 12, True, line=18, with_next=True),
        Style(
            "EnclosureTitle", "Enclosure Title", HEI, 12, True, before=10, after=4, line=18, outline=0, with_next=True
        ),
        Style("Warned", "Warned", HEI, 11, True, line=16, color="B00020"),
        Style("Sealed", "Sealed", FANG, 9.5, before=8),
        Style("KeptNote", "Kept Note", FANG, 10, before=3, with_next=True),
    ),
}
"""What only papers that are signed have: in Chinese after GB/T 9704, in English as a memo."""


_BUILT_IN = ("Normal", "Body Text", "Title", "Subtitle", "heading", "caption", "footer")
"""Styles that Word knows by these names; all others are our own."""

TABLE_SIZES = (10.5, 9, 8)
"""Of the text of a table: 五号, 小五 and what is just readable."""


def table_style(kind: str, size: float) -> str:
    """The id of the style of a table's `Head`, `Text` or `Kept` (text on the page of the row below) at a size."""
    return f"Table{kind}{round(size * 2)}"


def _table_styles(bold: bool) -> list[Style]:
    made = []
    for size in TABLE_SIZES:
        head = Style(table_style("Head", size), f"Table Head {size}", HEI, size, bold, "center", 1.5, 1.5)
        text = Style(table_style("Text", size), f"Table Text {size}", size=size, before=1.5, after=1.5)
        kept = text._replace(id=table_style("Kept", size), name=f"Table Kept {size}", with_next=True)
        made += [head._replace(with_next=True), text, kept]
    return made


def node(tag: str, *children: Any, **attributes: object) -> Any:  # noqa: ANN401 - elements have no useful type
    """A WordprocessingML element: `node("jc", val="right")` is `<w:jc w:val="right"/>`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def dress(file: WordFile, lang: str, extra: Sequence[Style] = ()) -> None:
    """Gives a new document its styles, typefaces and settings, and takes out what its template had of its own."""
    for owner in (file.part.package, file.part):
        for key in [key for key, rel in owner.rels.items() if rel.reltype.rsplit("/", 1)[-1] in _DROPPED]:
            del owner.rels[key]
    _write_styles(file, lang, extra)
    _write_settings(file, lang)
    for part in file.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _font_table()


def _write_styles(file: WordFile, lang: str, extra: Sequence[Style]) -> None:
    root = file.styles.element
    for child in list(root):
        root.remove(child)
    tongue = "zh-CN" if lang == "zh" else "en-GB"
    # Chinese text is Chinese in an English report too; `lang` is what is not.
    spoken = node("lang", val="en-US" if lang == "zh" else tongue, eastAsia="zh-CN", bidi="ar-SA")
    defaults = node("rPrDefault", node("rPr", _faces(FANG), node("sz", val=32), node("szCs", val=32), spoken))
    root.append(node("docDefaults", defaults, node("pPrDefault", node("pPr"))))
    for style in (*(CHINESE if lang == "zh" else ENGLISH), *extra, *_table_styles(bold=lang != "zh")):
        root.append(_style(style))
    root.append(node("style", node("name", val="Normal Table"), node("uiPriority", val=99), node("semiHidden"),
                     type="table", default=1, styleId="TableNormal"))  # fmt: skip


def missing_table_styles(file: WordFile, lang: str) -> None:
    """Adds the styles of our tables to a file that does not have them, such as one made from an office's template."""
    root = file.styles.element
    known = {style.get(qn("w:styleId")) for style in root.iter(qn("w:style"))}
    for style in _table_styles(bold=lang != "zh"):
        if style.id not in known:
            root.append(_style(style))


def _faces(face: str) -> Any:  # noqa: ANN401
    latin = _LATIN
    return node("rFonts", ascii=latin, hAnsi=latin, eastAsia=face, cs=latin)


def _style(style: Style) -> Any:  # noqa: ANN401
    own = {} if style.name.startswith(_BUILT_IN) else {"customStyle": 1}
    made = node("style", node("name", val=style.name), type="paragraph", styleId=style.id, **own)
    if style.id == "Normal":
        made.set(qn("w:default"), "1")
    else:
        made.append(node("basedOn", val="Normal"))
        made.append(node("next", val="BodyText"))
    made.append(node("qFormat"))
    made.append(_paragraph_properties(style))
    size = round(style.size * 2)
    looks = node("rPr", _faces(style.face))
    if style.bold:
        looks.extend([node("b"), node("bCs")])
    if style.color:
        looks.append(node("color", val=style.color))
    looks.extend([node("sz", val=size), node("szCs", val=size)])
    made.append(looks)
    return made


def _paragraph_properties(style: Style) -> Any:  # noqa: ANN401
    made = node("pPr")
    if style.with_next:
        made.extend([node("keepNext"), node("keepLines")])
    if style.rule:
        made.append(node("pBdr", node("bottom", val="single", sz=12, space=4, color=style.rule)))
    spacing = {"before": round(style.before * 20), "after": round(style.after * 20)}
    fixed = {"line": round(style.line * 20), "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}
    made.append(node("spacing", **spacing, **fixed))
    indent = {"firstLineChars": 200, "firstLine": round(style.size * 40)} if style.indent else {"firstLine": 0}
    made.append(node("ind", **indent))
    made.append(node("jc", val=style.align))
    if style.outline is not None:
        made.append(node("outlineLvl", val=style.outline))
    return made


def _write_settings(file: WordFile, lang: str) -> None:
    root = file.settings.element
    for child in list(root):
        root.remove(child)
    uri = "http://schemas.microsoft.com/office/word"
    root.append(node("zoom", percent=100))
    root.append(node("defaultTabStop", val=420))
    root.append(node("evenAndOddHeaders"))
    root.append(node("characterSpacingControl", val="compressPunctuation"))
    root.append(node("compat", node("useFELayout"), node("compatSetting", name="compatibilityMode", uri=uri, val=15)))
    root.append(node("themeFontLang", val="en-US", eastAsia="zh-CN"))
    root.append(node("decimalSymbol", val="."))
    root.append(node("listSeparator", val=","))


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, (others, family) in _FONTS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()


class Paper(NamedTuple):
    """A sheet of paper in millimetres, with its margins."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def room(self) -> float:
        """Points of a line."""
        return (self.width - self.left - self.right) * 72 / 25.4


UPRIGHT = Paper(210, 297, 37, 35, 28, 26)
TURNED = Paper(297, 210, 28, 26, 30, 30)


def lay(section: WordSection, paper: Paper) -> None:
    """Gives a section its paper."""
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance, section.footer_distance = Mm(15), Mm(paper.bottom - 10)


def number_pages(section: WordSection) -> None:
    """Page numbers between dashes: on odd pages at the right, on even ones at the left."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        for child in list(paragraph):
            paragraph.remove(child)
        indent = node("ind", **{side: 280, f"{side}Chars": 100})
        paragraph.append(node("pPr", node("pStyle", val="Footer"), indent, node("jc", val=side)))
        paragraph.append(node("r", _text("— ")))
        paragraph.append(node("fldSimple", node("r", _text("1")), instr=" PAGE "))
        paragraph.append(node("r", _text(" —")))


def _text(text: str) -> Any:  # noqa: ANN401
    made = node("t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made
