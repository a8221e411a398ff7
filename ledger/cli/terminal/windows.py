"""The console of Windows: whether it obeys escape sequences, or would print them."""

from __future__ import annotations

import ctypes
from typing import Any

_ESCAPES = 0x0004
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, which consoles before Windows 10 do not take."""


class Console:
    """What the system's library says of consoles. It can be made on Windows only."""

    def __init__(self) -> None:
        self._library: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]

    def mode(self, file: int) -> int | None:
        """The mode of the console behind a file descriptor; None where there is no console, such as `NUL`."""
        held = ctypes.c_uint32()
        return held.value if self._library.GetConsoleMode(self._handle(file), ctypes.byref(held)) else None

    def set_mode(self, file: int, mode: int) -> bool:
        """Sets it; whether the console took it."""
        return bool(self._library.SetConsoleMode(self._handle(file), mode))

    def _handle(self, file: int) -> Any:  # noqa: ANN401 - a handle of Windows
        import msvcrt  # noqa: PLC0415 - on Windows only

        return ctypes.c_void_p(msvcrt.get_osfhandle(file))  # type: ignore[attr-defined]


def escapes_are_on(file: int, console: Console) -> bool:
    """Whether the console behind a file descriptor obeys escape sequences, after it was asked to."""
    mode = console.mode(file)
    return mode is not None and (bool(mode & _ESCAPES) or console.set_mode(file, mode | _ESCAPES))
