"""The examples in docstrings and in docs/python.md run and print what they say."""

import doctest
import importlib
import importlib.util
import pathlib
import pkgutil
import subprocess
import sys

import pytest

import isnad
from conftest import EXAMPLES

MODULES = ["isnad." + module.name for module in pkgutil.iter_modules(isnad.__path__) if not module.ispkg and module.name != "_core"]
GUIDE = EXAMPLES.parent / "docs" / "python.md"


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    tried = sum(len(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name)))
    assert tried >= 30


def test_the_guide(tmp_path, monkeypatch):
    """Its examples run one after another, in a copy of examples/."""
    for entry in EXAMPLES.iterdir():
        (tmp_path / entry.name).symlink_to(entry)
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS)
    assert failed == 0 and tried >= 15


def test_from_a_folder_to_a_plot(tmp_path):
    """examples/python/who_met_whom.py; with the plot where matplotlib is installed."""
    plot = tmp_path / "meetings.png"
    drawing = importlib.util.find_spec("matplotlib") is not None
    command = [sys.executable, str(EXAMPLES / "python" / "who_met_whom.py")] + (["--plot", str(plot)] if drawing else [])
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("12 articles, ") and "2022-03" in done.stdout
    assert plot.exists() == drawing


def test_everything_public_is_described():
    for name in isnad.__all__:
        thing = getattr(isnad, name)
        if callable(thing):
            assert thing.__doc__, name
            for member, value in vars(thing).items() if isinstance(thing, type) else ():
                if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                    assert value.__doc__, f"{name}.{member}"
