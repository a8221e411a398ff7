"""Modules of Python that are loaded when somebody first asks them for something."""

from __future__ import annotations

import sys

import pytest

from ledger.text.later import called_later, loaded_later

pytestmark = pytest.mark.quick


@pytest.fixture
def unloaded(monkeypatch):
    """A module of Python that nobody has loaded yet."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    return "colorsys"


def test_a_module_is_loaded_when_it_is_asked_for_something(unloaded):
    with loaded_later({unloaded: {}}):
        import colorsys
    assert unloaded not in sys.modules
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    assert unloaded in sys.modules


def test_what_is_given_for_it_loads_nothing(unloaded):
    with loaded_later({unloaded: {"rgb_to_hsv": max}}):
        from colorsys import rgb_to_hsv
    assert rgb_to_hsv is max
    assert unloaded not in sys.modules


def test_another_name_is_that_of_the_real_one(unloaded):
    with loaded_later({unloaded: {"rgb_to_hsv": max}}):
        from colorsys import hsv_to_rgb
    assert hsv_to_rgb(0, 0, 1) == (1, 1, 1)


def test_a_function_taken_out_loads_its_module_when_it_is_called(unloaded):
    with loaded_later({unloaded: {"rgb_to_hsv": called_later(unloaded, "rgb_to_hsv")}}):
        from colorsys import rgb_to_hsv
    assert unloaded not in sys.modules
    assert rgb_to_hsv(0, 0, 1) == (pytest.approx(2 / 3), 1, 1)


def test_what_is_loaded_already_stays():
    with loaded_later({"sys": {"argv": []}}):
        import sys as seen
    assert seen is sys
