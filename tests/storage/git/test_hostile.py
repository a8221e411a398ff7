"""git as it may be met: a repository whose settings name programs, names that want to be options, odd paths.

Reading a ledger must start nothing, change nothing and fetch nothing, whatever the repository would like.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.objects import git as called
from ledger.storage.git.objects import program_on
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import committed_revision, files_at
from ledger.storage.ledger import read_ledger
from tests.compare.compare_paper import adds, edited
from tests.history import Commit, git, repository
from tests.paper import files, item

COMMANDS = (
    "status --at HEAD", "list --at HEAD~1", "show M1 --history", "diff", "diff HEAD~1..HEAD", "check --against HEAD~1",
    "report weekly --week 2017-W31", "report submissions --at HEAD", "hand-up -o up.zip",
)  # fmt: skip


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that is there once a program of the repository has been started."""
    return tmp_path / "started"


@pytest.fixture
def hostile(tmp_path: Path, marker: Path) -> Path:
    """A repository that names a program wherever git lets it, in its settings, in those they include, and as hooks."""
    texts = edited().files() | {".gitattributes": "* filter=own diff=own merge=own\n"}
    root = repository(tmp_path / "repo", [Commit(texts), Commit(edited(adds("2017-08-01", "report")).files() | {
        ".gitattributes": texts[".gitattributes"]})])  # fmt: skip
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    names = ["core.fsmonitor", "core.pager", "pager.log", "pager.rev-list", "core.editor", "core.askPass", "core.sshCommand",
             "core.gitProxy", "core.alternateRefsCommand", "diff.external", "diff.own.textconv", "diff.own.command",
             "filter.own.clean", "filter.own.smudge", "filter.own.process", "merge.own.driver", "gpg.program",
             "gpg.ssh.program", "credential.helper", "uploadpack.packObjectsHook", "remote.origin.uploadpack",
             "sequence.editor", "interactive.diffFilter", "trailer.own.command"]  # fmt: skip
    commands = ("rev-parse", "rev-list", "cat-file", "merge-base", "status", "log")
    settings = "".join(
        "[{}]\n\t{} = {}\n".format(_section(name), name.rpartition(".")[2], program) for name in names
    ) + "".join(f"[alias]\n\t{name} = !{program}\n" for name in commands)
    included = tmp_path / "included"
    included.write_text(settings, encoding="utf-8")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout", "reference-transaction", "pre-auto-gc"):
        (hooks / hook).symlink_to(program)
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(settings + f'[includeIf "gitdir:**"]\n\tpath = {included}\n[core]\n\thooksPath = {hooks}\n')
        config.write("[log]\n\tshowSignature = true\n")
    for path in ("ledger.yaml", "measures.yaml"):
        # Files that look changed: git then looks at what they hold, through their filters.
        os.utime(root / path, (0, 0))
    return root


def _section(name: str) -> str:
    section, _, rest = name.partition(".")
    middle = rest.rpartition(".")[0]
    return f'{section} "{middle}"' if middle else section


def test_no_program_that_a_repository_names_is_started(run_any, hostile: Path, marker: Path):
    for command in COMMANDS:
        told = run_any("-C", hostile, *command.split())
        assert told.code in (0, 1), f"{command}: {told.err}"
        assert not marker.exists(), command


def test_no_program_of_an_included_repository_is_started(run_any, run, hostile: Path, marker: Path, tmp_path: Path):
    """Not by reading its objects, by looking for the past of a pin, or by what a partial clone would fetch."""
    first, last = git(hostile, "rev-parse", "HEAD~1"), git(hostile, "rev-parse", "HEAD")
    marker.unlink(missing_ok=True)
    with (hostile / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f'[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::sh -c touch% {marker}\n'
                     "\tpromisor = true\n[extensions]\n\tpartialClone = origin\n[core]\n"
                     "\trepositoryFormatVersion = 1\n")  # fmt: skip
    city = repository(tmp_path / "city")
    for rev in (first, last):
        pinned = {"below": {"git": "../repo", "rev": rev}}
        for path, text in files([item("M9")], includes=pinned).items():
            (city / path).parent.mkdir(parents=True, exist_ok=True)
            (city / path).write_text(text, encoding="utf-8")
        git(city, "add", "-A")
        git(city, "commit", "-qm", "pin")
    for command in ("status --by include", "list --includes", "check --against HEAD~1", "export --includes -o x.sqlite",
                    "site -o public", "report weekly --week 2017-W31 --publish -o r.md"):  # fmt: skip
        told = run_any("-C", city, *command.split())
        assert told.code in (0, 1), f"{command}: {told.err}"
        assert not marker.exists(), command
    tree = git(hostile, "-c", "core.fsmonitor=false", "rev-parse", "HEAD:measures.yaml")
    marker.unlink(missing_ok=True)
    (hostile / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert not run("-C", city, "status", code=2).out
    assert not marker.exists()


def test_an_address_is_no_place_of_a_repository(run, tmp_path: Path, marker: Path):
    for address in (f"ext::sh -c touch% {marker}", f"--upload-pack=touch {marker}", "https://example.org/x.git"):
        city = tmp_path / "city"
        for path, text in files([item("M9")], includes={"below": {"git": address, "rev": "0" * 40}}).items():
            (city / path).parent.mkdir(parents=True, exist_ok=True)
            (city / path).write_text(text, encoding="utf-8")
        assert "is no git repository" in run("-C", city, "status", code=2).err
        assert not marker.exists()


def test_git_itself_would_have_started_them(hostile: Path, marker: Path):
    git(hostile, "status", "--porcelain")
    assert marker.exists()


def test_a_graft_does_not_change_history(tmp_path: Path):
    root = repository(tmp_path, [Commit({"a": str(n)}, f"week {n}") for n in range(4)])
    head, first = git(root, "rev-parse", "HEAD"), git(root, "rev-parse", "HEAD~3")
    (root / ".git" / "info" / "grafts").write_text(f"{head} {first}\n", encoding="ascii")
    with Repository(root) as opened:
        tip = opened.revision("HEAD")
        assert [revision.subject for revision in opened.ancestry(tip)] == [f"week {n}" for n in range(4)]
        assert [revision.subject for revision in opened.revisions(tip)] == [f"week {n}" for n in range(4)]


def test_variables_of_a_hook_lead_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = repository(tmp_path / "other", [Commit({"b": "1"}, "elsewhere")])
    root = repository(tmp_path / "repo", [Commit(edited().files(), "here")])
    for name, value in {
        "GIT_DIR": other / ".git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / "index", "GIT_PREFIX": "x/",
        "GIT_OBJECT_DIRECTORY": other / ".git/objects", "GIT_COMMON_DIR": other / ".git", "GIT_NAMESPACE": "x",
        "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "1", "GIT_NO_REPLACE_OBJECTS": "", "LC_ALL": "zh_CN.UTF-8",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    with Repository(root) as opened:
        assert opened.revision("HEAD").subject == "here"
    ledger = edited().read()
    found = committed_revision(root, ledger.settings, ledger.texts)
    assert found is not None
    assert found.subject == "here"


@pytest.mark.parametrize("folder", ["两 级/台 账", 'it\'s "so"', "a\nb", "-C", "a\tb\\c", ":(glob)x", "é"])
def test_a_ledger_in_a_folder_of_any_name(tmp_path: Path, folder: str):
    root = tmp_path / "repo" / folder
    for path, text in edited().files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(str(text), encoding="utf-8")
    repository(tmp_path / "repo")
    git(tmp_path / "repo", "add", "--all")
    git(tmp_path / "repo", "commit", "--quiet", "-m", "一")
    with Repository(root) as opened:
        head = opened.revision("HEAD")
        assert opened.folder == f"{folder}/"
        assert [revision.subject for revision in opened.revisions(head)] == ["一"]
        assert len(read_ledger(files_at(opened, head)).items) == 5
    ledger = edited().read()
    assert committed_revision(root, ledger.settings, ledger.texts) is not None


@pytest.mark.parametrize("name", [
    "-h", "--all", "--upload-pack=touch x", "-c core.pager=x", "--exec-path", "\n--all", "HEAD\n--all", "HEAD\0",
])  # fmt: skip
def test_a_name_is_never_an_option(tmp_path: Path, name: str):
    with Repository(repository(tmp_path, [Commit({"a": "1"})])) as opened:
        with pytest.raises(GitTrouble, match="not a revision"):
            opened.revision(name)
        assert opened.revision("HEAD").day == date(2018, 1, 4)


def test_a_branch_may_have_a_chinese_name(tmp_path: Path):
    root = repository(tmp_path, [Commit({"a": "1"}), Commit({"a": "2"}, "other", branch="整改/四月")])
    with Repository(root) as opened:
        assert opened.revision("整改/四月").subject == "other"


def test_a_huge_file_is_no_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ledger.storage.git.objects.MAX_BYTES", 1000)
    with Repository(repository(tmp_path, [Commit({"a": "x" * 3000})])) as opened:
        with pytest.raises(GitTrouble, match="no revision HEAD:a"):
            opened.revision("HEAD:a")
        assert opened.revision("HEAD").subject == "周报"


def test_git_may_neither_lock_nor_fetch_nor_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What git hands to any program it starts is what it was given itself."""
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:https")
    monkeypatch.setenv("GIT_OPTIONAL_LOCKS", "1")
    said = called(tmp_path, "-c", "alias.show-env=!env", "show-env").out.decode().splitlines()
    assert {"GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=", "GIT_TERMINAL_PROMPT=0",
            "GIT_NO_REPLACE_OBJECTS=1", f"GIT_GRAFT_FILE={os.devnull}", "LC_ALL=C"} <= set(said)  # fmt: skip


def test_on_windows_a_program_beside_the_ledger_is_not_taken_for_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("", "bin"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "git.exe").write_bytes(b"")
    assert program_on(os.pathsep.join(["", ".", "bin", str(tmp_path / "bin")])) == str(tmp_path / "bin" / "git.exe")
    with pytest.raises(GitTrouble, match="git was not found"):
        program_on(os.pathsep.join(["", ".", "bin", str(tmp_path / "none")]))


class TestTheCommitThatHasTheLedger:
    """What a report names as its revision."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        texts = edited().files()
        return repository(tmp_path, [Commit(texts, "台账"), Commit({**texts, "readme": "x"}, "别的")])

    def named(self, root: Path) -> str:
        ledger = read_ledger(Folder(root))
        found = committed_revision(root, ledger.settings, ledger.texts)
        return found.subject if found else ""

    def test_it_is_the_last_one_that_changed_it(self, root: Path):
        assert self.named(root) == "台账"

    def test_what_else_lies_there_does_not_count(self, root: Path):
        (root / "report.md").write_text("x", encoding="utf-8")
        (root / "readme").unlink()
        assert self.named(root) == "台账"

    def test_line_ends_of_a_checkout_do_not_count(self, root: Path):
        for path in ("measures.yaml", "journal/2017/office.csv"):
            data = (root / path).read_bytes()
            (root / path).write_bytes(data.replace(b"\n", b"\r\n"))
        assert self.named(root) == "台账"

    @pytest.mark.parametrize("path", ["measures.yaml", "problems.yaml", "journal/2017/office.csv", "claims.yaml"])
    def test_a_file_that_says_something_else_has_none(self, root: Path, path: str):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write("# x\n")
        assert self.named(root) == ""

    def test_nor_has_one_that_is_gone_or_new(self, root: Path):
        (root / "actions.yaml").rename(root / "journal" / "new.csv")
        assert self.named(root) == ""
        (root / "journal" / "new.csv").rename(root / "actions.yaml")
        assert self.named(root) == "台账"
        (root / "claims.yaml").unlink()
        assert self.named(root) == ""
