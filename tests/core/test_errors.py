import inspect

import pytest

from nps_core import errors


def kinds():
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ExplorerError)]


def test_codes_and_titles_are_distinct():
    assert len({kind.code for kind in kinds()}) == len({kind.title for kind in kinds()}) == len(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_every_error_says_what_was_expected_found_and_what_to_do(kind):
    extra = {"part": "score", "candidates": (("nps", "it fits"),)} if kind is errors.Unclear else {}
    error = kind("a table", "an image", "Save it as CSV.", **extra)
    assert str(error) == "Expected a table; found an image. Save it as CSV."
    assert (error.expected, error.found, error.remedy) == ("a table", "an image", "Save it as CSV.")


def test_three_families():
    families = (errors.FileError, errors.AskError, errors.HostedError)
    for kind in kinds():
        assert kind is errors.ExplorerError or sum(issubclass(kind, family) for family in families) == 1
    assert issubclass(errors.Unclear, errors.FileError)
    assert issubclass(errors.UnknownColumn, errors.AskError)


def test_an_unclear_file_hands_over_its_candidates():
    error = errors.Unclear("one score", "two", "Choose.", part="score", candidates=(("a", "why a"), ("b", "why b")))
    assert error.part == "score"
    assert [value for value, _ in error.candidates] == ["a", "b"]
