"""What all tests share: a quiet environment, ledgers on disk, and the command line called in-process."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir()) / "ledger-hypothesis"))

if sys.dont_write_bytecode:
    # A machine that keeps no bytecode would compile the whole program anew in each of some hundred processes.
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(Path(tempfile.gettempdir()) / "ledger-bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

import ledger.storage.plan
import ledger.storage.settings
from ledger.cli.main import _exit_code
from tests.json_output import require_schema
from tests.round_and_site import build_site, built, sent, site, weekly  # noqa: F401 - fixtures

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SAMPLE = Path(__file__).parent / "sample"
MEMORY = Path("/dev/shm")

settings.register_profile(
    "suite", max_examples=3, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.register_profile("hunt", parent=settings.get_profile("suite"), max_examples=2000, derandomize=False)


gc.disable()  # until all tests are found


def pytest_configure(config: pytest.Config) -> None:
    """Three examples of each property; `LEDGER_HYPOTHESIS=hunt` takes two thousand, and other ones each time.

    The files of tests, tens of thousands, lie in memory where there is room: that takes the kernel a quarter less.
    """
    profile = os.environ.get("LEDGER_HYPOTHESIS", "suite")
    settings.load_profile(profile)
    if profile == "suite" and hasattr(providers, "_get_local_constants"):
        # Now and then Hypothesis draws a text or a number that stands in our modules: with three examples hardly ever,
        # and to gather them and to try each on every strategy takes five seconds of a run.
        providers._get_local_constants = providers.Constants
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 << 30 and _may_run_programs(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _may_run_programs(folder: Path) -> bool:
    """Some tests write a program and start it; containers often forbid that in memory."""
    return not os.statvfs(folder).f_flag & getattr(os, "ST_NOEXEC", 0)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m quick` a module without a quick test is not imported: half of that run would go into it."""
    if config.option.markexpr != "quick" or not collection_path.match("test_*.py"):
        return None
    return None if "mark.quick" in collection_path.read_text(encoding="utf-8") else True


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker sends one message for a test that passed instead of six: 1.3 ms a test, and there are nearly nine thousand.

    The messages left out say that it begins, that setting up and tearing down went well, that it ended, what it printed.
    """
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.passed:
            report.sections.clear()
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_collection_finish() -> None:
    """Nine thousand tests are no garbage: to look at them again at each collection took a tenth of the time of a run."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


def _parsed_once(read_nodes: Callable[..., Any]) -> Callable[..., Any]:
    """The books in `data/` and of the large examples are read some thousand times in a run: each text is parsed once."""
    once = lru_cache(maxsize=64)(read_nodes)

    def parsed(text: str, path: str) -> tuple[Any, list[Any]]:
        root, findings = once(text, path)
        return root, list(findings)

    return parsed


for module in (ledger.storage.plan, ledger.storage.settings):
    module.read_nodes = _parsed_once(module.read_nodes)


class Result(NamedTuple):
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def speak(monkeypatch: pytest.MonkeyPatch):
    """English, 100 cells, no colours, whoever runs the tests. A crash is a crash, not a polite sentence.

    Call it to change the language or the width.
    """

    def set_to(lang: str = "en", columns: int = 100) -> None:
        monkeypatch.setenv("LEDGER_LANG", lang)
        monkeypatch.setenv("COLUMNS", str(columns))

    for name in ("LEDGER_DIR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LEDGER_TRACEBACK", "1")
    set_to()
    return set_to


@pytest.fixture(autouse=True)
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test outlives a power cut: what it writes need not reach the disk. Processes of their own sync as ever."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


@pytest.fixture
def make_ledger(tmp_path: Path):
    """Writes the files of a ledger, text or bytes by path, and gives its folder."""

    def make(files: dict[str, str | bytes], name: str = "book") -> Path:
        for path, content in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return make


@pytest.fixture
def run_any(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Calls `ledger …` in this process, whatever its exit code. JSON that it prints must fit its schema."""

    def call(*arguments: object, cwd: Path = tmp_path) -> Result:
        monkeypatch.chdir(cwd)
        capsys.readouterr()
        code = _exit_code([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        require_schema(captured.out)
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def run(run_any, tmp_path: Path):
    """Calls `ledger …` in this process and asserts its exit code, 0 unless told otherwise."""

    def call(*arguments: object, code: int = 0, cwd: Path = tmp_path) -> Result:
        result: Result = run_any(*arguments, cwd=cwd)
        assert result.code == code, f"exit {result.code} instead of {code}\n{result.out}\n{result.err}"
        return result

    return call


@pytest.fixture
def spawn(tmp_path: Path):
    """Runs `python -m ledger …`, or other arguments of Python, as a process of its own."""

    def call(*arguments: object, code: int = 0, python: tuple[str, ...] = ("-m", "ledger"), **env: str) -> Result:
        done = subprocess.run(
            [sys.executable, *python, *map(str, arguments)], cwd=tmp_path, capture_output=True, timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}, check=False,
        )  # fmt: skip
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, f"exit {done.returncode} instead of {code}\n{out}\n{err}"
        return Result(done.returncode, out, err)

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compares a whole output with the file of that name in `expected/` beside the test.

    `LEDGER_GOLDEN=write` writes the files anew; read every change before you commit it.
    """

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "expected" / name
        if os.environ.get("LEDGER_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="session")
def full_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made-up full-size ledger, written once."""
    folder = tmp_path_factory.mktemp("full") / "ledger"
    assert _exit_code(["init", str(folder), "--example", "full"]) == 0
    return folder
