"""What the tests share: one engine, the examples of the project, an article of our own."""

import os
import pathlib
import sys

import pytest

import isnad

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
ARTICLES = EXAMPLES / "articles"
TEXT = "التقى وزير الخارجية العراقي فؤاد حسين نظيره التركي في بغداد أمس، وقال إن البلدين «سيوقعان اتفاقا» خلال أيام."

#: Under the address sanitizer memory and time are no measure.
SANITIZED = bool(os.environ.get("ISNAD_SANITIZED"))


@pytest.fixture(scope="session")
def engine():
    return isnad.Engine()


@pytest.fixture(scope="session")
def records(engine):
    """Records of the twelve example articles."""
    return list(engine.code_files(ARTICLES, metadata=EXAMPLES / "metadata.tsv"))


@pytest.fixture
def threads_switch_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)
