"""ledger completion: the script that teaches a shell our commands, and what it offers while somebody types.

Nothing here reads a whole ledger: settings are read, ids are found in the text of the books, and of the journal nothing
is read but what belongs to the item that is being written about.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from ledger.cli.language import LANGUAGES, pick, preferred
from ledger.cli.output import is_told, write_machine_text
from ledger.cli.writing import told_option
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex
from ledger.text.safe import json_text

if TYPE_CHECKING:
    from ledger.model.item import Item, Milestone, Target
    from ledger.model.setting import Settings
    from ledger.storage.files import Folder

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _folder(ctx: click.Context) -> Folder | None:
    """The folder of the ledger that the command would read, or None: completion never complains."""
    from ledger.storage.files import Folder  # noqa: PLC0415 - only while completing
    from ledger.storage.ledger import NoLedger, find_ledger  # noqa: PLC0415

    group = ctx.find_root().params if ctx else {}
    told = [ctx.params.get("directory"), group.get("directory"), os.environ.get("LEDGER_DIR")]
    # What was not given holds a mark of click's own while options are still being read.
    given = next((one for one in told if isinstance(one, str) and one), "")
    try:
        return Folder(find_ledger(Path.cwd(), Path(given) if given else None))
    except (NoLedger, OSError):
        return None


def _settings(folder: Folder | None) -> Settings | None:
    from ledger.storage.ledger import SETTINGS_FILE  # noqa: PLC0415 - only while completing
    from ledger.storage.settings import read_settings  # noqa: PLC0415

    with suppress(OSError):
        return read_settings(folder, SETTINGS_FILE, {})[0] if folder else None
    return None


def _item(folder: Folder | None, id_: str) -> Item | None:
    """The item of that id, of a ledger of any size."""
    from ledger.storage.ledger import UnreadableLedger, read_related  # noqa: PLC0415 - only while completing

    with suppress(OSError, UnreadableLedger):
        found = read_related(folder, [id_]) if folder else None
        return next((item for item in found.items if item.id.casefold() == id_.casefold()), None) if found else None
    return None


_ID = regex(r"""^[\s{\[-]*["']?id["']?:\s*["']?([A-Za-z0-9][\w.-]{0,63})["']?(.*)""", re.MULTILINE)
_TITLE = regex(r"""["']?title["']?:\s*(?:\{[^}]*?["']?zh["']?:\s*)?["']?([^"'\n,}]+)""")


def _ids(folder: Folder, settings: Settings) -> Iterator[tuple[str, str]]:
    """Every id with its title, found in the text of the books."""
    for book in settings.books:
        for path in folder.matching(book.path):
            with suppress(OSError):
                text = folder.read(path).decode("utf-8-sig", "replace")
                if path.lower().endswith(".csv"):
                    yield from _ids_of_table(text)
                    continue
                found = list(_ID.finditer(text))
                for match, following in zip_longest(found, found[1:]):
                    own = text[match.start() : following.start() if following else len(text)]
                    title = _TITLE.search(own)
                    yield match[1], title[1].strip() if title else ""


def _ids_of_table(text: str) -> Iterator[tuple[str, str]]:
    import csv  # noqa: PLC0415 - few books are tables

    for row in csv.DictReader(text.splitlines()):
        if id_ := (row.get("id") or "").strip():
            yield id_, (row.get("title") or "").strip()


def _offer(
    names: Mapping[str, Words] | Iterable[str], begun: str, before: str = "", behind: str = ""
) -> list[CompletionItem]:
    """Those of some names that begin with what is typed, with what stands before and behind them."""
    known: Mapping[str, Words] = names if isinstance(names, Mapping) else dict.fromkeys(names, NO_WORDS)
    wanted = begun.casefold()
    return [
        CompletionItem(f"{before}{name}{behind}", help=words.pick(preferred()) or None)
        for name, words in known.items()
        if any(one.casefold().startswith(wanted) for one in (name, *words) if one or not wanted)
    ]


def _ids_below(folder: Folder, typed: str) -> Iterator[tuple[str, str]]:
    """The ids of the included ledger whose name is typed, with their titles."""
    from ledger.storage.git.two_versions import settings_alone  # noqa: PLC0415 - only while completing
    from ledger.storage.include.attach import attached  # noqa: PLC0415
    from ledger.storage.ledger import UnreadableLedger  # noqa: PLC0415

    name = typed.partition("/")[0]
    with suppress(UnreadableLedger, OSError):
        ledger = settings_alone(folder)
        others = [one.id for one in ledger.settings.includes if one.id != name]
        for child in attached(folder.root, ledger, others).includes.values():
            for item in child.own.items:
                yield f"{name}/{item.id}", item.title.pick(child.own.settings.language)


def complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids that begin with what is typed, with their titles."""
    folder = _folder(ctx)
    settings = _settings(folder)
    if folder is None or settings is None:
        return []
    wanted = incomplete.casefold()
    every = _ids_below(folder, incomplete) if "/" in incomplete else _ids(folder, settings)
    found = [(id_, title) for id_, title in every if id_.casefold().startswith(wanted)]
    return [CompletionItem(id_, help=title) for id_, title in found]


def complete_book(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The books of the ledger with their names."""
    settings = _settings(_folder(ctx))
    return _offer({book.id: book.name for book in settings.books}, incomplete) if settings else []


def _units(folder: Folder | None, settings: Settings | None) -> dict[str, Words]:
    """The units of the settings and who decides; where none are listed, those that lead in the plan."""
    if folder is None or settings is None:
        return {}
    known = [*(unit.name for unit in settings.units), *settings.approver_names]
    if not settings.units:
        text = "".join(folder.read(path).decode("utf-8", "replace") for book in settings.books
                       for path in folder.matching(book.path))  # fmt: skip
        known += dict.fromkeys(re.findall(r"""["']?lead["']?:\s*["']?([^"'\n,}]+)""", text))
    return dict.fromkeys((name.strip() for name in known), NO_WORDS)


def complete_unit(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The units of the ledger."""
    folder = _folder(ctx)
    return _offer(_units(folder, _settings(folder)), incomplete)


def _words(ctx: click.Context) -> list[str]:
    """The words that stand on the line of `record`; where an option still lacks its value, click has them apart."""
    return [word for word in (*(ctx.params.get("words") or ()), *ctx.args) if isinstance(word, str)]


def complete_fact(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What can follow on the line of `record`: an event or an id, and behind an id what may be said of that item."""
    from ledger.model.entry import EVENTS  # noqa: PLC0415 - only while completing
    from ledger.model.entry_key import event_named, stages  # noqa: PLC0415

    words = _words(ctx)
    events = {event.name: event.label for event in EVENTS.values()}
    if not words:
        return _offer(events, incomplete) + (complete_id(ctx, param, incomplete) if incomplete else [])
    if event_named(words[0]) in EVENTS:
        return complete_id(ctx, param, incomplete)
    item = _item(_folder(ctx), words[0])
    if item is None:
        return complete_id(ctx, param, incomplete)
    targets = {target.key: target.name for target in item.targets}
    met = {key: name for key, name in stages(item).items() if key not in targets}
    return [*_offer(targets, incomplete, behind="="), *_offer(met, incomplete), *_offer(events, incomplete)]


def complete_key(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The keys that the event on the line may have, of that item: targets, milestones, closing steps, kinds, weeks."""
    from ledger.model.entry import EVENTS  # noqa: PLC0415 - only while completing
    from ledger.model.entry_key import event_named, keys_of  # noqa: PLC0415
    from ledger.model.field import ITEM  # noqa: PLC0415

    words = [event_named(word) for word in _words(ctx)]
    event = next((EVENTS[word] for word in words if word in EVENTS), None)
    folder = _folder(ctx)
    settings = _settings(folder)
    if event is None or settings is None:
        return []
    if event.key == "week":
        return complete_week(ctx, param, incomplete)
    if event.key == "field":
        return _offer({field.name: field.label for field in ITEM}, incomplete)
    id_ = next((word for word in words if word not in EVENTS), "")
    return _offer(keys_of(event, _item(folder, id_) if id_ else None, settings), incomplete)


def complete_assignment(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of an item, its targets and milestones, and behind `=` what one of them may hold."""
    from ledger.model.field import DUE_WORDS, ITEM, MILESTONE, TARGET  # noqa: PLC0415 - only while completing

    name, sign, begun = incomplete.partition("=")
    folder = _folder(ctx)
    inner = {"targets": TARGET, "milestones": MILESTONE}
    fields = {field.name: field for field in ITEM}
    if sign:
        field = fields.get(name)
        if field is None:
            return []
        if field.kind in ("unit", "units"):
            done, _, last = begun.rpartition(";")
            return _offer(_units(folder, _settings(folder)), last, f"{name}={done}{';' * bool(done)}")
        return _offer(DUE_WORDS if field.kind == "due" else field.choices, begun, f"{name}=")
    head, dot, rest = name.partition(".")
    if dot and head in inner:
        id_ = ctx.params.get("id_")
        item = _item(folder, id_) if isinstance(id_, str) else None
        records: Sequence[Target | Milestone] = (
            [] if item is None else item.targets if head == "targets" else item.milestones
        )
        key, second, part = rest.partition(".")
        if second:
            return _offer({field.name: field.label for field in inner[head]}, part, f"{head}.{key}.", "=")
        return _offer({one.key: one.name for one in records}, key, f"{head}.", ".")
    if dot and head == "tags":
        settings = _settings(folder)
        return _offer({tag.id: tag.name for tag in settings.tags} if settings else {}, rest, "tags.", "=")
    grouped = {one.name: one.label for one in ITEM if one.name in (*inner, "tags")}
    plain = {one.name: one.label for one in ITEM if one.name not in grouped}
    return [*_offer(plain, name, behind="="), *_offer(grouped, name, behind=".")]


def complete_query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Fields and saved queries, and after the colon the words of a field with choices, the units, tags or ids."""
    from ledger.state.query import TAG  # noqa: PLC0415 - only while completing
    from ledger.state.query.field import CHOICES, DATES, query_fields  # noqa: PLC0415 - as above

    folder = _folder(ctx)
    settings = _settings(folder)
    if folder is None or settings is None:
        return []
    minus = "-" if incomplete.startswith("-") else ""
    field, colon, begun = incomplete.removeprefix("-").partition(":")
    if not colon and field.startswith("@"):
        return _offer({name: Words.same(text) for name, text in settings.queries}, field[1:], f"{minus}@")
    if not colon:
        saved = _offer({f"@{name}": Words.same(text) for name, text in settings.queries}, field, minus)
        names = [name for name in query_fields(settings) if name.startswith(field)]
        told = query_fields(settings)
        return [*(CompletionItem(f"{minus}{name}:", help=told[name].pick(preferred())) for name in names), *saved]
    done, _, last = begun.rpartition(",")
    before = f"{minus}{field}:{done}{',' * bool(done)}"
    if field in CHOICES:
        return _offer(CHOICES[field], last, before)
    if field in ("lead", "responsible", "cooperating", "unit", "by"):
        return _offer(_units(folder, settings), last, before)
    if field == "level":
        return _offer([name for name, _ in settings.warning.levels], last, before)
    if field == "book":
        return _offer({book.id: book.name for book in settings.books}, last, before)
    if field == "time_node":
        return _offer({node.id: node.name for node in settings.time_nodes}, last, before)
    if field.startswith(TAG):
        return _offer(_tag_values(folder, settings, field.removeprefix(TAG)), last, before)
    if field in DATES:
        return _offer(["<today", "<+14d", "<+30d", "this-month", "none"], last, before)
    return _offer([id_ for id_, _ in _ids(folder, settings)], last, before) if field in ("id", "under") else []


def _tag_values(folder: Folder, settings: Settings, tag: str) -> list[str]:
    """What a tag says in the text of the books."""
    found = re.compile(rf"""["']?{re.escape(tag)}["']?:\s*(\[[^\]\n]*\]|[^,}}\n]+)""")
    texts = [
        folder.read(path).decode("utf-8", "replace") for book in settings.books for path in folder.matching(book.path)
    ]
    values = [
        one.strip(" \"'") for text in texts for match in found.finditer(text) for one in match[1].strip("[]").split(",")
    ]
    return list(dict.fromkeys(value for value in values if value))


def complete_columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields that a list may have as columns, or be sorted by, behind those that stand there."""
    from ledger.state.query.field import query_fields  # noqa: PLC0415 - only while completing

    settings = _settings(_folder(ctx))
    done, comma, last = incomplete.rpartition(",")
    minus = "-" if last.startswith("-") else ""
    return _offer(query_fields(settings), last.removeprefix("-"), f"{done}{comma}{minus}") if settings else []


def complete_grouping(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The groups that the metavar of an option lists, and the tags of the ledger as `tag.NAME`."""
    settings = _settings(_folder(ctx))
    listed = [name for name in (param.metavar or "").strip("[]").split("|") if "." not in name]
    tags = {f"tag.{tag.id}": tag.name for tag in settings.tags} if settings else {}
    return _offer({**dict.fromkeys(listed, NO_WORDS), **tags}, incomplete)


def complete_private_tag(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The tags that are not public, as `tags.NAME`."""
    settings = _settings(_folder(ctx))
    tags = settings.tags if settings else ()
    return _offer({f"tags.{tag.id}": tag.name for tag in tags if not tag.public}, incomplete)


def complete_figure(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The figures of each book by their paths, such as `measures.done` or `problems.rates.done_of_due`."""
    from ledger.state.figure.table import FIGURES, RATES  # noqa: PLC0415 - only while completing

    settings = _settings(_folder(ctx))
    books = [book.id for book in settings.books] if settings else []
    names = {figure.key: figure.label for figure in FIGURES} | {
        f"rates.{key}": rate.label for key, rate in RATES.items()
    }
    return _offer({f"{book}.{name}": label for book in books for name, label in names.items()}, incomplete)


def complete_week(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """`last`, `this`, and the weeks that have closed of late."""
    from ledger.model.period import week_of  # noqa: PLC0415 - only while completing

    settings = _settings(_folder(ctx))
    today = date.today()
    day = min(today, settings.archived or today) if settings else today
    weeks = [week_of(day - timedelta(days=7 * n), settings.week.closes if settings else 6) for n in range(8)]
    told = {week.label: Words.same(f"{week.first}…{week.last}") for week in weeks}
    return _offer({"last": told[weeks[1].label], "this": told[weeks[0].label], **told}, incomplete)


def complete_revision(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Branches, tags, `HEAD` and the word `baseline`; both ends of `A..B`."""
    import subprocess  # noqa: PLC0415 - only while completing

    folder = _folder(ctx)
    if folder is None:
        return []
    asked = ["git", "-C", str(folder.root), "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags",
             "refs/remotes"]  # fmt: skip
    try:
        names = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=True).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return []
    done, dots, last = incomplete.rpartition("..")
    return _offer(["HEAD", "baseline", *names], last, f"{done}{dots}")


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of rules with their titles."""
    from ledger.rule.page import pages  # noqa: PLC0415 - only while completing

    done, comma, last = incomplete.rpartition(",")
    return _offer({f"L{code}": page.title for code, page in pages().items()}, last, f"{done}{comma}")


_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line="${COMP_LINE:0:COMP_POINT}" word head response completion type value blank='\\ '
    word="${line##*[[:space:]]}"
    # Of a word with : or = bash replaces only what stands behind the last of them.
    head=""
    [[ $COMP_WORDBREAKS == *[:=]* && $word == *[:=]* ]] && head="${word%%"${word##*[:=]}"}"
    response=$(env COMP_WORDS="$line" COMP_CWORD=-1 %(complete_var)s=bash_complete $1)
    for completion in $response; do
        IFS=',' read -r type value <<< "$completion"
        if [[ $type == 'dir' ]]; then
            COMPREPLY=(); compopt -o dirnames
        elif [[ $type == 'file' ]]; then
            COMPREPLY=(); compopt -o default
        elif [[ $type == 'plain' ]]; then
            [[ $value == *[:=.] ]] && compopt -o nospace
            value="${value#"$head"}"
            COMPREPLY+=("${value// /$blank}")
        fi
    done
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@add_completion_class
class WholeWords(BashComplete):
    """Completion for bash that takes words as people do: `lead:市城管委` is one, whatever bash parts at `:` and `=`."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        if os.environ.get("COMP_CWORD") != "-1":
            return super().get_completion_args()
        line = os.environ.get("COMP_WORDS", "")
        words = split_arg_string(line)[1:]
        begun = words.pop() if words and not line[-1:].isspace() else ""
        return words, begun


_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(help=pick(Words(
    "打印命令行补全脚本。\n\n\b\n例：ledger completion bash >> ~/.bashrc",
    "Prints the completion script of a shell.\n\n\b\nExample: ledger completion bash >> ~/.bashrc",
)))  # fmt: skip
@click.argument("shell", type=click.Choice(_SHELLS))
@told_option
@click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False,
              help=pick(Words("输出语言", "language of the output")))  # fmt: skip
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints the script."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    script = found(ctx.find_root().command, {}, "ledger", "_LEDGER_COMPLETE").source() + "\n"
    if is_told():
        script = json_text({"schema": "ledger/completion/1", "shell": shell, "script": script}) + "\n"
    write_machine_text(script, None)
