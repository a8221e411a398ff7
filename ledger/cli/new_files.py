"""Files that go out into a folder: all or none, and none over one that may have been filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ledger.cli.refusal import Refusal
from ledger.model.words import Words
from ledger.storage.files import read_regular
from ledger.storage.refusal import NotSaved, reason, remedy
from ledger.storage.save import Change, save_changes


def save_new_files(folder: Path, contents: Mapping[str, bytes], lang: str, *, force: bool) -> None:
    """Writes the files; a `Refusal` before the first one if any is there already and may have been filled in."""
    try:
        present = [name for name in contents if (folder / name).exists()]
        if present and not force:
            message = Words("{path} 已经有了{more}，什么也没有写", "{path} exists already{more}; nothing was written")
            more = (
                Words("", "") if len(present) == 1 else Words(f"（共 {len(present)} 个）", f" ({len(present)} of them)")
            )
            hint = Words("换一个目录；--overwrite 覆盖", "name another folder; --overwrite overwrites")
            raise Refusal(message.fill(path=folder / present[0], more=more), hint, lang)
        folder.mkdir(parents=True, exist_ok=True)
        before = {name: read_regular(folder / name) if name in present else None for name in contents}
        save_changes(folder, [Change(name, before[name], data) for name, data in contents.items()])
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=folder, why=reason(error)), remedy(error), lang) from None
