"""How the house is built: `python bench/structure.py` counts modules, lines, crowded folders, torn pages and circles.

Numbers are reported, never failed on; only a circle of imports ends with 1, also one that hides behind imports inside
functions. The order of the layers is checked by `lint-imports`.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER_AT_MOST, TORN_BELOW = 18, 60


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found = {}
    for path in sorted((ROOT / "ledger").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: Mapping[str, Path]) -> set[str]:
    """The modules of ours that this one imports, wherever in it, but not those it only names in types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for each in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in typing:
            names |= {f"{node.module}.{each.name}" for each in node.names} | {node.module}
    return {name for name in names if name in known and known[name].name != "__init__.py"}


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """One circle of imports, as the names along it; empty where there is none."""
    try:
        list(TopologicalSorter(arrows).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def doubled_stems(names: Iterable[str]) -> list[str]:
    """Stems that two modules of one wing share, but for those of commands."""
    stems: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        _, wing, *_, stem = name.split(".")
        if not stem.startswith("cli"):
            stems[wing, stem].append(name)
    return [" and ".join(same) for same in stems.values() if len(same) > 1]


def main() -> int:
    """Prints the report; 1 if imports run in a circle."""
    known = modules()
    lines = {name: path.read_text(encoding="utf-8").splitlines() for name, path in known.items()}
    arrows = {name: imports(path, known) - {name} for name, path in known.items()}
    users = Counter(each for own in arrows.values() for each in own)
    pages = {name for name, path in known.items() if path.name != "__init__.py"}
    folders = Counter(name.rpartition(".")[0] for name in pages)
    torn = sorted(
        f"{name} ({len(lines[name])} lines, of {user})"
        for name in pages
        if users[name] == 1 and len(lines[name]) < TORN_BELOW
        for user, own in arrows.items()
        if name in own and user.rpartition(".")[0] == name.rpartition(".")[0] and ".cli" not in user
    )
    statements = sum(line.lstrip().startswith(("import ", "from ")) for own in lines.values() for line in own)
    print(f"modules        {len(pages)}, and {len(known) - len(pages)} folders")
    print(f"lines          {sum(map(len, lines.values()))}, {statements} of them begin an import")
    print(f"arrows         {sum(map(len, arrows.values()))}")
    print("longest        " + ", ".join(f"{name[7:]} {len(lines[name])}" for name in longest(lines)[:5]))
    print("fullest        " + ", ".join(f"{name} {count}" for name, count in folders.most_common(5)))
    for title, found in (
        (f"over {FOLDER_AT_MOST} a folder", [f"{name} {n}" for name, n in folders.items() if n > FOLDER_AT_MOST]),
        ("doubled stems", doubled_stems(name for name in pages if name.count(".") > 1)),
        ("torn pages", torn),
    ):
        print(f"{title:<14} {len(found)}", *found, sep="\n  ")
    around = circle(arrows)
    print("circles        " + (" -> ".join(around) if around else "none"))
    return 1 if around else 0


def longest(lines: Mapping[str, list[str]]) -> list[str]:
    """The names of the modules, the longest first."""
    return sorted(lines, key=lambda name: -len(lines[name]))


if __name__ == "__main__":
    sys.exit(main())
