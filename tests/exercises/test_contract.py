"""What every exercise owes, whatever it is about."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

import trust_widgets as tw
from trust_widgets.exercises import EXERCISES, Exercise

TASKS = Path(__file__).parent / "tasks"
every_exercise = pytest.mark.parametrize("name", list(EXERCISES))


def wrong_answers(name: str) -> ModuleType:
    """The test file of an exercise, which lists wrong answers."""
    spec = importlib.util.spec_from_file_location(name, TASKS / f"test_{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_exercises() -> None:
    """The family is found."""
    assert len(EXERCISES) >= 7


@every_exercise
def test_the_start_fails_and_each_solution_and_bound_passes(name: str) -> None:
    """There is something to do, and it can be done in more than one form."""
    exercise = EXERCISES[name]
    assert exercise.name == name
    assert not exercise.check(exercise.start).passed
    assert len(exercise.solutions) >= 2
    for answer in (*exercise.solutions, exercise.narrowest, exercise.widest):
        result = exercise.check(answer)
        assert result.passed, f"{answer}\n{result}"


@every_exercise
def test_the_narrowest_answer_lies_within_the_widest(name: str) -> None:
    """Otherwise no answer could pass for the right reason."""
    exercise = EXERCISES[name]
    compared = tw.compare(tw.parse(exercise.widest), tw.parse(exercise.narrowest), exercise.home)
    assert compared.gained.found is False


@every_exercise
def test_both_bounds_decide_each_named_request(name: str) -> None:
    """The guest list agrees with the bounds."""
    exercise = EXERCISES[name]
    assert exercise.must_allow
    assert len(exercise.must_deny) >= 2
    for bound in (exercise.narrowest, exercise.widest):
        policy = tw.parse(bound)
        for named in exercise.must_allow:
            assert tw.evaluate(policy, named.request).outcome == "allowed", named.caller
        for named in exercise.must_deny:
            outcome = tw.evaluate(policy, named.request).outcome
            assert outcome in ("not allowed", "denied"), named.caller


@every_exercise
def test_solutions_are_policies_without_a_mistake(name: str) -> None:
    """Nothing above advice is reported about a right answer, but for what the task is about."""
    exercise = EXERCISES[name]
    for solution in exercise.solutions:
        verdicts = {finding.verdict for finding in tw.check(solution, exercise.home)}
        assert not verdicts & {"refused", "dead"}, solution


@every_exercise
def test_at_least_eight_wrong_answers_are_listed(name: str) -> None:
    """Of different kinds, each with another policy."""
    wrong = wrong_answers(name).WRONG
    assert len(wrong) >= 8
    assert len({each.policy for each in wrong}) == len(wrong)
    assert len({each.mistake for each in wrong}) >= 3


@every_exercise
def test_a_checker_of_keys_would_accept_two_of_the_wrong_answers(name: str) -> None:
    """They have every element and condition key that a solution has, and are still wrong."""
    exercise = EXERCISES[name]
    wrong = wrong_answers(name).WRONG
    words = [words_of(solution) for solution in exercise.solutions]
    fooled = [each for each in wrong if any(words_of(each.policy) >= need for need in words)]
    assert len(fooled) >= 2


def words_of(text: str) -> set[str]:
    """The names of elements and condition keys in a policy, as a checker of keys sees it."""
    return set(re.findall(r'"((?:aws|sts):[A-Za-z]+|[A-Z][A-Za-z]+|[\w.]+:(?:aud|sub))":', text))


@every_exercise
def test_what_a_caller_passes_is_not_asked(name: str) -> None:
    """A brief says who can assume the role; a right answer may let them pass session tags too."""
    exercise = EXERCISES[name]
    document = json.loads(exercise.solutions[0])
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            named = statement["Action"]
            actions = [named] if isinstance(named, str) else named
            statement["Action"] = sorted({*actions, "sts:TagSession", "sts:SetSourceIdentity"})
    assert exercise.check(document).passed


def test_a_story_about_github_says_what_the_token_has() -> None:
    """The form of its subject and its audience are not for a student to guess."""
    stories = [each for each in EXERCISES.values() if "token.actions" in each.start]
    assert len(stories) == 5
    for exercise in stories:
        assert re.search("with IDs|without IDs|the IDs|names alone", exercise.brief), exercise.name
        is_given = '"token.actions.githubusercontent.com:aud": "sts' in exercise.start
        assert is_given or "configure-aws-credentials" in exercise.brief, exercise.name


@every_exercise
def test_texts_are_for_a_student(name: str) -> None:
    """The brief names no condition key, and each hint says something that the brief does not."""
    exercise: Exercise = EXERCISES[name]
    assert not re.search(r"\b(?:aws|sts):[A-Z]", exercise.brief)
    assert 1 <= exercise.minutes <= 20
    assert len(set(exercise.hints)) == len(exercise.hints) == 3
    known = set(exercise.brief.split())
    for hint in exercise.hints:
        assert len(set(hint.split()) - known) >= 3
    assert all(page.startswith("https://docs.") for page in exercise.reading)


def test_the_page_lists_every_exercise() -> None:
    """With its title and its minutes."""
    page = (Path(__file__).parents[2] / "docs" / "exercises.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (\d+) \|", page, re.MULTILINE)
    listed = {(name, title, int(minutes)) for name, title, minutes in rows}
    assert listed == {(each.name, each.title, each.minutes) for each in EXERCISES.values()}
