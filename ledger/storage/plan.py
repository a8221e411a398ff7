"""Books read into items; YAML and CSV give the same model with the same checks."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.model.field import ITEM, Field, link_field
from ledger.model.finding import Finding, Place, Source
from ledger.model.item import Item
from ledger.model.setting import Book, Settings
from ledger.model.words import Words
from ledger.storage.csv.book import csv_items, make_item
from ledger.storage.decode import SHARED_KEY, Decoder, Mapping, NodeWhere, Scalar, Sequence, by_name, shared_keys
from ledger.storage.files import Files, Text, present, read_text
from ledger.storage.glob import is_table
from ledger.storage.yaml.read import read_nodes


def item_fields(settings: Settings) -> dict[str, Field]:
    """Every field an item of this ledger may have: those of the table, and the names of the books as links."""
    declared = {tag.id: tag.name if any(tag.name) else Words.same(tag.id) for tag in settings.tags}
    own = [field._replace(choices=declared) if field.kind == "tags" else field for field in ITEM]
    return by_name([*own, *(link_field(book.id, book.name) for book in settings.books)])


def read_book(
    files: Files, book: Book, settings: Settings, texts: dict[str, Source]
) -> tuple[list[Item], list[Finding]]:
    """The items of all files of a book in file order, and what is wrong with them. Texts read are put into `texts`."""
    paths, misnamed = present(files, book.path)
    if misnamed:
        return [], misnamed
    if not paths:
        message = Words("{name} 没有文件：{path}", "{name} has no file: {path}").fill(name=book.name, path=book.path)
        hint = Words("检查 ledger.yaml 里的 path", "check `path` in ledger.yaml")
        return [], [Finding(settings.where.place("books", book.id, "path"), 101, message, hint)]
    items: list[Item] = []
    findings: list[Finding] = []
    fields = item_fields(settings)
    for path in paths:
        text = read_text(files, path, gb18030=is_table(path))
        findings += text.findings
        if text.text is not None:
            texts[path] = text.source
            more, found = (csv_items if is_table(path) else _yaml_items)(text, book, fields)
            items += more
            findings += found
            text.source.pack()
    return items, findings


def _yaml_items(text: Text, book: Book, fields: dict[str, Field]) -> tuple[list[Item], list[Finding]]:
    root, findings = read_nodes(text.text or "", text.path)
    decoder = Decoder(lambda line, column: Place(text.path, line, column))
    items = []
    if isinstance(root, Sequence):
        items = list(_items(decoder.mappings(root), book, fields, decoder))
    elif root is not None and not any(finding.code == 101 for finding in findings):
        decoder.find(
            root, 104, Words("账应是一个列表，每项以“- id:”开头", "a book is a list; each item starts with `- id:`")
        )
    return items, findings + decoder.findings


def _items(nodes: list[Mapping], book: Book, fields: dict[str, Field], decoder: Decoder) -> Iterator[Item]:
    """The items of decoded mappings; one without a readable id is left out, with a finding."""
    for node in nodes:
        pair = node.pairs.get("id")
        decoder.item = pair[1].text if pair and isinstance(pair[1], Scalar) else ""
        values = decoder.record(node, fields)
        second, shared = shared_keys(values)
        for key in shared:
            table = node.pairs[second][1]
            place = table.pairs[key][0] if isinstance(table, Mapping) else table
            decoder.find(place, 102, SHARED_KEY[0].fill(key=key), SHARED_KEY[1])
        if "id" in values:
            yield make_item(values, book, fields, NodeWhere(node, decoder.locate))
