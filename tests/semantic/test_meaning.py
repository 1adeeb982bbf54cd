"""Questions whose words are not sure, with a model that knows what means the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ora
from models import hashes, write_model

from ora_cli import Library, Status
from ora_cli.errors import ExitCode
from ora_cli.semantic import store

OWN = """
[[article]]
slug = "swollen-lip"
title = "Why is my lip swollen after filler?"
category = "lips"
answer = "It passes."
also_asked = ["swollen lip", "how long is a lip swollen", "lip swollen next day"]
unanswered = ["price of a swollen lip"]

[[article]]
slug = "lip-balm"
title = "Which balm is best for my lip?"
category = "lips"
answer = "A plain one."
also_asked = ["lip balm", "best balm", "what balm for a dry lip"]

[[article]]
slug = "eyelid"
title = "Why is my eyelid red?"
category = "eyes"
answer = "Many reasons."
"""
WORDS = "why is my lip swollen after filler how long a next day which balm best for what dry eyelid red price of puffy mouth big cost".split()  # noqa: E501, SIM905
SAME = {"puffy": "swollen", "big": "swollen", "mouth": "lip", "cost": "price"}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a model that counts as the published one."""
    folder = write_model(tmp_path / "model", WORDS, same=SAME)
    monkeypatch.setattr(store, "SHA256", hashes(folder))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return tmp_path / "own.toml"


def test_what_means_the_same_comes_nearer(own: Path, model: Path, tmp_path: Path) -> None:
    """Words that no article has count by their meaning: the article that has them so gains, the other loses."""
    words = Library.open([own], cache=tmp_path / "cache")
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    assert (both.model_problem, words.model_problem) == (None, None)
    question = "puffy mouth after balm"
    seen = [{match.slug: match.confidence for match in library.ask(question).matches} for library in (words, both)]
    assert seen[0]["lip-balm"] > 2 * seen[1]["lip-balm"]
    assert seen[1]["swollen-lip"] > 1.5 * seen[0]["swollen-lip"]
    explained = both.ask(question, explain=True).explanation
    assert explained
    assert "meaning" in {name for name, _, _ in explained.details[0].features}
    assert {"meaning", "meaning_unanswered"} <= {name for name, _, _ in explained.evidence}


def test_what_means_the_same_as_an_unanswered_question_speaks_against_an_answer(
    own: Path, model: Path, tmp_path: Path
) -> None:
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    seen = {}
    for question in ("cost of a puffy lip", "how long is a puffy lip"):
        explained = both.ask(question, explain=True).explanation
        assert explained
        seen[question] = {name: added for name, _, added in explained.evidence}["meaning_unanswered"]
    assert seen["cost of a puffy lip"] < seen["how long is a puffy lip"] < 0


def test_where_the_words_are_sure_nothing_changes(own: Path, model: Path, tmp_path: Path) -> None:
    """A title or a phrasing is answered by its article with the same confidence."""
    words = Library.open([own], cache=tmp_path / "cache")
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    for question in ("Why is my eyelid red?", "swollen lip"):
        assert both.ask(question) == words.ask(question)
        assert both.ask(question).status is Status.ANSWERED


def test_the_confidence_does_not_depend_on_what_is_needed(own: Path, model: Path, tmp_path: Path) -> None:
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    for question in ("swollen lip", "how long is a puffy lip", "my lip is red"):
        found = {both.ask(question, min_confidence=needed).confidence for needed in (0, 0.5, 0.95, 1)}
        assert len(found) == 1, question


def test_an_index_that_is_made_anew_gets_its_own_vectors(own: Path, model: Path, tmp_path: Path) -> None:
    """Articles that have changed their places since are not taken for one another."""
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    question = "how long is a mouth puffy, is balm best"
    both.ask(question)
    *head, last = OWN.split("[[article]]")
    own.write_text("[[article]]".join(["", last, *head[1:]]), encoding="utf-8")
    index = both._index
    index.close()
    assert both.ask(question) == Library.open([own], cache=tmp_path / "cache", model=model).ask(question)
    assert both.model_problem is None


def test_vectors_that_turn_out_damaged_cost_no_answer(own: Path, model: Path, tmp_path: Path) -> None:
    """The words answer, the reason is told, and the next library makes them anew."""
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    both.ask("how long is a puffy lip")
    both._vectors.close()
    words = Library.open([own], cache=tmp_path / "cache")
    assert both.ask("how long is a puffy lip") == words.ask("how long is a puffy lip")
    assert "damaged" in str(both.model_problem)
    anew = Library.open([own], cache=tmp_path / "cache", model=model)
    anew.ask("how long is a puffy lip")
    assert anew.model_problem is None


def test_a_category_holds_with_the_model(own: Path, model: Path, tmp_path: Path) -> None:
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    found = both.ask("why is my puffy mouth red", category="eyes").matches
    assert [match.category for match in found] == ["eyes"]


def test_nothing_to_look_for_is_no_error(own: Path, model: Path, tmp_path: Path) -> None:
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    assert both.ask("???").status is Status.NO_MATCH
    assert both.ask("zorbel").status is Status.NO_MATCH


def test_why_it_is_not_used_is_told(own: Path, model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The words answer without it."""
    monkeypatch.setattr(store, "MOST_ARTICLES", 1)
    both = Library.open([own], cache=tmp_path / "cache", model=model)
    assert both.model_problem == "the model is not used: it reads at most 1 articles, and these are 3"
    assert both.ask("swollen lip").status is Status.ANSWERED


def test_the_command_says_what_the_folder_lacks(own: Path, tmp_path: Path) -> None:
    """The variable or the configuration file names it, from its own place; what asks nothing does not look at it."""
    lacking = ora("ask", "swollen", "lip", "--articles", own, env={"ORA_MODEL": str(tmp_path)})
    assert (lacking.code, lacking.stdout) == (ExitCode.BAD_CONFIG, "")
    assert "has no model.safetensors" in lacking.stderr
    assert "hint: put model.safetensors and vocab.txt there, from https://huggingface.co/" in lacking.stderr
    for asking_nothing in (("list",), ("show", "eyelid")):
        assert ora(*asking_nothing, "--articles", own, env={"ORA_MODEL": str(tmp_path)}).code == ExitCode.OK
    settings = tmp_path / "config" / "ora"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text('model = "mine"', encoding="utf-8")
    lacking = ora("ask", "swollen", "lip", "--articles", own, env={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert f"the model folder {settings / 'mine'} has no model.safetensors" in lacking.stderr
    shown = json.loads(ora("paths", "--all", "--json", env={"XDG_CONFIG_HOME": str(tmp_path / "config")}).stdout)
    found = [setting for setting in shown["settings"] if setting["name"] == "model"]
    assert found == [{"name": "model", "value": str(settings / "mine"), "from": str(settings / "config.toml")}]


def test_the_command_names_the_extra_where_numpy_is_missing(own: Path, model: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "numpy.py").write_text("raise ImportError('not here')", encoding="utf-8")
    cache = tmp_path / "kept"
    env = {"ORA_MODEL": str(model), "PYTHONPATH": str(hidden), "XDG_CACHE_HOME": str(cache)}
    result = ora("ask", "swollen", "lip", "--articles", own, env=env)
    assert (result.code, result.stdout) == (ExitCode.USAGE, "")
    assert 'pip install "ora-cli[semantic]"' in result.stderr
