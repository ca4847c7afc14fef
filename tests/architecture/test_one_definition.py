"""A rule is written in one place: some patterns of source may appear in their home alone.

`RULES` is a table. A row names what may not be written elsewhere, where it may be, and what to
use in its place. `TODAY` is a ratchet: the number of lines that still break a rule may only
shrink. Each rule is shown to catch what it forbids.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"


class Rule(NamedTuple):
    """What may be written in its homes alone.

    Args:
        pattern: a regular expression for the source of one line.
        homes: modules where it may be written, as paths in the package.
        instead: what to use elsewhere.
        planted: lines that break the rule.
        near: lines that look like it and are no breach.
        today: how many lines break it at present; the number may only shrink.
        in_examples: whether docstrings and the data of a pitfall, with its examples, may write it.
    """

    pattern: str
    homes: tuple[str, ...]
    instead: str
    planted: tuple[str, ...]
    near: tuple[str, ...] = ()
    today: int = 0
    in_examples: bool = False


RULES = {
    "wildcards of a glob": Rule(
        r"""["'](?:\*\?|\?\*|\[\*\?\]|\[\?\*\])["']|["']\*["'] in \S+ or ["']\?["'] in""",
        ("text/globs.py",),
        "globs.has_wildcard, is_exact, is_only_wildcards, is_wildcard, fixed_start",
        (
            'return not set(text) & set("*?")',
            "if not name.strip('*?'):",
            'stem = re.split(r"[*?]", pattern)[0]',
            'if "*" in text or "?" in text:',
        ),
        ('if "*" in text:', 'message = "Write * or ?"', 'signs = ("✓", "?")'),
    ),
    "an example of a glob": Rule(
        r"""replace\(["']\*["'].*replace\(["']\?["']|replace\(["']\?["'].*replace\(["']\*["']""",
        ("text/globs.py",),
        "globs.example_text",
        ('text.replace("*", "example").replace("?", "x")', "t.replace('?', 'x').replace('*', 'a')"),
        ('host.replace("*", "us-east-1")',),
    ),
    "the form of an account ID": Rule(
        r"(?:\\d|\[0-9\])\{+12\}",
        ("aws/arns.py",),
        "arns.is_account_id, arns.ACCOUNT_ID",
        (r're.fullmatch(r"\d{12}", text)', r'rule = "[0-9]{12}"', r'rf"iam::\d{{12}}:{NAME}"'),
        (r'r"[0-9]{1,12}"', r'r"\d{4}-\d{4}"'),
    ),
    "the issuer and the claim of a key": Rule(
        r"""rpartition\(["']:["']\)""",
        ("aws/keys/claims.py", "aws/operators.py"),
        "claim_key, intended_claim, last_part of aws/keys/claims.py",
        ('issuer, _, claim = key.rpartition(":")',),
        ('partition, _, rest = arn.partition(":")',),
    ),
    "an operator taken apart": Rule(
        r"""operator\.lower\(\)|spelled\.lower\(\)|lower\(\) [!=]= ["']null["']"""
        r"""|replace\(["']Not["']|["']Not["'] in """
        r"""|endswith\(["'](?:IfExists|Like)["']""",
        ("aws/operators.py",),
        "aws.operators.parse_operator, policy.semantics.ConditionView",
        (
            'if condition.operator.lower() == "null":',
            'base = parts.base.replace("Not", "")',
            'if "Not" in base:',
            'wildcards = base.endswith("Like")',
        ),
        ('sign = {"Not": "≠"}', "request.operator"),
    ),
    "whether an operator asks if a key is there": Rule(
        r"""\bbase [!=]= ["']Null["']""",
        ("aws/operators.py",),
        "ParsedOperator.is_null",
        ('if clause.operator.base == "Null":', "not_null = base != 'Null'"),
        ('if view.is_null and base == "StringLike":',),
    ),
    "a condition's key in lower case": Rule(
        r"""\b(?:condition|guard|each|c|g|other)\.key\.lower\(\)""",
        ("policy/semantics/conditions.py", "policy/values.py"),
        "policy.semantics.ConditionView.key, keys_of, conditions_on, normalized_key",
        ("key = condition.key.lower()", "any(c.key.lower() == KEY for c in statement.conditions)"),
        ("name.lower()",),
    ),
    "a part of an ARN by its number": Rule(
        r"""\.split\(["']:["'](?:, 5)?\)\[""",
        ("aws/arns.py", "aws/principal_forms.py"),
        "aws.arns.arn_of, aws.principal_forms.account_of, partition_of",
        ('partition = role.split(":")[1]', 'resource = arn.split(":", 5)[5]'),
        ('pieces = pattern.split(":")',),
    ),
    "the actions for what a session carries": Rule(
        r"""["']sts:(?:TagSession|SetSourceIdentity)["']""",
        ("aws/actions.py",),
        "actions.TAG_SESSION, actions.SET_SOURCE_IDENTITY; the texts of examples may spell them",
        ('_TAG = "sts:TagSession"', 'if "sts:SetSourceIdentity" in needed:'),
        (
            'def f():\n    """>>> names("sts:TagSession")"""',
            'PITFALL = Pitfall(\n    bad=(example(_PODS, ["sts:AssumeRole", "sts:TagSession"]),)',
            "EXERCISE = Exercise(\n    hints=(\"Add 'sts:TagSession'.\",)",
        ),
        in_examples=True,
    ),
    "the quota of a policy's characters": Rule(
        r"(?<!maxsize=)(?<!_KNOWN = )\b2048\b(?! is what)",
        ("aws/limits.py",),
        "limits.TRUST_POLICY_CHARACTERS",
        ("DEFAULT = 2048", "if size > 2048:"),
        ("@lru_cache(maxsize=2048)",),
    ),
    "the issuers that every account trusts": Rule(
        r"BUILT_IN\s*(?::.*)?=\s*\(|graph\.facebook\.com.*www\.amazon\.com",
        ("aws/oidc_issuers.py",),
        "oidc_issuers.BUILT_IN",
        ('BUILT_IN = ("accounts.google.com",)', '_OLD = ("graph.facebook.com", "www.amazon.com")'),
        ('issuer="www.amazon.com",',),
    ),
}


def breaches(rule: Rule, source: str) -> list[str]:
    """The lines of a source that break a rule; its comments count too."""
    if rule.in_examples:
        source = without_examples(source)
    return [line.strip() for line in source.splitlines() if re.search(rule.pattern, line)]


def without_examples(source: str) -> str:
    """A source without its docstrings and without the data of a pitfall or an exercise, which
    follows `PITFALL =` or `EXERCISE =`.
    """
    code = re.split("PITFALL = |EXERCISE = ", source)[0]
    return re.sub(r'"""(?:.|\n)*?"""', "", code)


def breaches_in_package(rule: Rule) -> list[str]:
    """Each line of the package that breaks a rule, after its module."""
    lines = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module not in rule.homes:
            source = path.read_text(encoding="utf-8")
            lines += [f"{module}: {line}" for line in breaches(rule, source)]
    return lines


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_written_in_its_home_alone(name: str) -> None:
    """A line more fails, and so does a line less while `today` still holds the old number."""
    rule = RULES[name]
    found = breaches_in_package(rule)
    assert len(found) <= rule.today, "\n".join([f"use {rule.instead}:", *found])
    assert len(found) == rule.today, f"fewer than before: write today={len(found)}"


@pytest.mark.parametrize("name", RULES)
def test_a_planted_breach_is_caught(name: str) -> None:
    """Each line alone, and what is only near it is none."""
    rule = RULES[name]
    assert [line for line in rule.planted if not breaches(rule, line)] == []
    assert [line for line in rule.near if breaches(rule, line)] == []


@pytest.mark.parametrize("name", RULES)
def test_one_home_of_a_rule_is_there(name: str) -> None:
    """A home that was moved would leave the rule without one."""
    assert any((PACKAGE / home).is_file() for home in RULES[name].homes)
