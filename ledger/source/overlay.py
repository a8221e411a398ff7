"""The files of a ledger as they would be after an edit that is not saved yet."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.source.files import Files, fits


class Overlay:
    """Files of which some have other content, or are there only in this view."""

    def __init__(self, files: Files, contents: Mapping[str, bytes]) -> None:
        self._files = files
        self._contents = contents

    def read(self, path: str) -> bytes:
        """The content after the edit."""
        return self._contents[path] if path in self._contents else self._files.read(path)

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob, new files too."""
        new = [path for path in self._contents if path == pattern or fits(pattern, path)]
        return sorted({*self._files.matching(pattern), *new})


class Remembered:
    """Files each of which is read once, so that what was judged is what will be compared before saving."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._contents: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The content as it was at the first reading."""
        if path not in self._contents:
            self._contents[path] = self._files.read(path)
        return self._contents[path]

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob."""
        return self._files.matching(pattern)
