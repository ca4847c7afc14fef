"""The values of a policy in code: one for a list of one, a list for a tuple, nothing by letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.policy import Accepted

EC2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
MFA = tw.Condition("Bool", "aws:MultiFactorAuthPresent", True)


@pytest.mark.parametrize("one", [EC2, [EC2], (EC2,), iter([EC2])])
def test_statements_become_a_tuple(one: Any) -> None:
    """What is appended to a list afterwards is not in the policy."""
    policy = tw.TrustPolicy(one)
    assert policy.statements == (EC2,) and hash(policy) == hash(tw.TrustPolicy((EC2,)))


def test_a_list_of_statements_is_not_the_policys_own() -> None:
    """Once decided, a policy is remembered: it must not change."""
    statements = [EC2]
    policy = tw.TrustPolicy(statements)  # type: ignore[arg-type]
    call = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    before = tw.evaluate(policy, call).outcome
    other = tw.Principal(service="lambda.amazonaws.com")
    statements.append(tw.Statement("Allow", other, "sts:AssumeRole"))
    assert policy.statements == (EC2,)
    assert tw.evaluate(policy, call).outcome == before == "not allowed"


@pytest.mark.parametrize("given", ["a", ["a"], ("a",), {"a"}, iter("a")])
def test_one_string_is_one_value(given: Any) -> None:
    given = list(given) if not isinstance(given, (str, list, tuple, set)) else given
    assert tw.Principal(aws=given).aws == ("a",)
    assert tw.Statement(action=given).action == ("a",)
    assert tw.Condition("StringEquals", "sts:ExternalId", given).values == ("a",)
    assert tw.Guard("sts:ExternalId", values=given).values == ("a",)


def test_one_condition_and_everyone_are_read() -> None:
    statement = tw.Statement("Allow", "*", "sts:AssumeRole", MFA)  # type: ignore[arg-type]
    assert statement.conditions == (MFA,) and statement.principal == tw.Principal(star=True)
    assert tw.Guard("aws:MultiFactorAuthPresent", "Bool", True).values == ("true",)  # type: ignore[arg-type]
    assert tw.Guard("aws:SourceAccount", values=111122223333).values == ("111122223333",)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: tw.Principal(aws=444455556666), r"aws: 444455556666 .*Write aws='444455556666'"),
        (lambda: tw.Principal(aws=[444455556666]), r"Write aws='444455556666'"),
        (lambda: tw.Principal(service={"a": 1}), "service: an object of type dict is given"),
        (lambda: tw.Statement(action=7), "action: 7 is not a string"),
        (lambda: tw.Statement(principal="role/app"), r"tw\.Principal\(aws='role/app'\)"),
        (lambda: tw.Statement(principal={"AWS": "*"}), r"principal: .*dict is not a tw\.Principal"),
        (lambda: tw.Statement(conditions={"Bool": {}}), r"conditions: .*Write .*tw\.Condition\("),
        (lambda: tw.Condition("Bool", "aws:SecureTransport", None), "values: None is given"),
        (lambda: tw.Condition("Bool", "aws:SecureTransport", {"a": 1}), "values: an object"),
        (lambda: tw.Guard("sts:ExternalId", values=None), "values: None is given"),
        (lambda: tw.TrustPolicy(str(EC2)), r"is read by tw\.parse\("),
        (lambda: tw.TrustPolicy({"Statement": []}), r"is read by tw\.parse\("),
        (lambda: tw.TrustPolicy([None]), "statements: None is given"),
        (
            lambda: tw.Role(tw.TrustPolicy()),
            r"TrustPolicy is not a string.*tw\.Role\('app', ",
        ),
        (lambda: tw.TrustPolicy(tw.TrustPolicy()), r"is read by tw\.parse\("),
        (lambda: tw.Grant("aws_service", {}, "x"), r"guards: 'x' is given\. Write .*tw\.Guard\("),
        (lambda: tw.Grant("aws_service", {}, [MFA]), r"guards: .*Condition is given"),
        (lambda: tw.check("{", today="2027-01-31"), r"today: .* Write datetime\.date\("),
        (
            lambda: tw.TruthTableView(condition="x"),
            r"a tw\.Condition is needed, not str",
        ),
        (lambda: tw.TrustBuilder(pattern="vendor"), "did you mean 'start'"),
        (
            lambda: tw.SimulatorView(owner="octo-org"),
            ("answers need a caller: name one, like caller='github_actions'"),
        ),
        (lambda: tw.Role("app", 7), "a trust policy is needed, not int"),
        (lambda: tw.Role("app", "{"), "TP0"),
        (lambda: tw.Home(accounts=None), "accounts: None is not an answer"),
        (lambda: tw.Home(accounts={"a": 1}), "accounts: An object of type dict"),
        (lambda: tw.Home(organization=["o-a1b2c3d4e5"]), "organization: .*is not a string"),
        (lambda: Accepted(301, "x"), "code: int is not a string"),
        (lambda: Accepted("TP301", None), "reason: NoneType is not a string"),
        (lambda: tw.Home(accepted=["TP301"]), "accepted: 'TP301' is given"),
        (lambda: tw.Home(account="111122223333"), "did you mean 'accounts'"),
        (lambda: tw.Home(organisation="o-a1b2c3d4e5"), "did you mean 'organization'"),
        (lambda: tw.Role("app", policy=None), "did you mean 'trust'"),
        (lambda: tw.Statement(principals=None), "did you mean 'principal'"),
        (lambda: tw.Principal(services="x"), "did you mean 'service'"),
        (lambda: tw.Grant("github", {}), "did you mean 'github_oidc'"),
        (lambda: tw.Grant("aws_service", answer={}), "did you mean 'answers'"),
        (lambda: tw.Grant("aws_service", "ec2"), "answers: a dict is needed, not str"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(make: Callable[[], Any], told: str) -> None:
    with pytest.raises((TypeError, ValueError), match=told):
        make()


@pytest.mark.parametrize(
    ("value", "name", "meant"),
    [
        (tw.TrustPolicy(EC2), "Statement", "statements"),  # type: ignore[arg-type]
        (tw.TrustPolicy(EC2), "statement", "statements"),  # type: ignore[arg-type]
        (EC2, "Condition", "conditions"),
        (EC2, "Effect", "effect"),
        (EC2, "principals", "principal"),
        (tw.Role("app"), "policy", "trust"),
        (tw.Role("app"), "ARN", "arn"),
        (tw.Home(), "account", "accounts"),
        (tw.Grant("aws_service"), "answer", "answers"),
        (tw.Request("sts:AssumeRole", "ec2.amazonaws.com"), "Principal", "principal"),
        (tw.check("{")[0], "severty", "severity"),
        (tw.check("{")[0], "text", "message"),
        (tw.PATTERNS["vendor"], "Build", "build"),
        (tw.CALLERS["iam_user"], "build", "make"),
    ],
)
def test_an_attribute_or_item_is_told_with_the_one_that_was_meant(
    value: Any, name: str, meant: str
) -> None:
    """As `policy["Statement"]` is written of the document that boto3 returns."""
    with pytest.raises(AttributeError, match=f"did you mean '{meant}'"):
        getattr(value, name)
    with pytest.raises(TypeError, match=f"has no items, only attributes; .*{meant}"):
        value[name]


def test_a_fix_is_made_in_a_policy_in_each_of_its_forms() -> None:
    """The result is text."""
    right = str(tw.TrustPolicy(tw.Statement("Allow", "*", "sts:AssumeRole")))  # type: ignore[arg-type]
    text = right.replace('"Allow"', '"allow"')
    fix = next(finding.fix for finding in tw.check(text) if finding.fix)
    wanted = fix.apply(text)
    assert '"Allow"' in wanted
    assert tw.parse(fix.apply(tw.parse(text))) == tw.parse(wanted)
    assert tw.parse(fix.apply(tw.parse(text).to_dict())) == tw.parse(wanted)
    with pytest.raises(TypeError, match="the text is needed, not None"):
        fix.apply(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "write"),
    [
        (lambda: tw.Statement("allow"), "Write 'Allow'"),
        (lambda: tw.Statement("DENY"), "Write 'Deny'"),
        (lambda: tw.Condition("StringEqual", "sts:ExternalId", "a"), "Write 'StringEquals'"),
        (
            lambda: tw.Condition("ForAnyValue:StringLikes", "aws:TagKeys", "a"),
            "Write 'ForAnyValue:StringLike'",
        ),
    ],
)
def test_what_is_nearly_right_is_warned_of(make: Callable[[], object], write: str) -> None:
    """A policy may be wrong on purpose, but hardly by one letter."""
    with pytest.warns(UserWarning, match=write):
        make()


def test_what_is_read_from_a_text_is_not_warned_of() -> None:
    """There it is a finding."""
    text = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Condition": %s}]}'
    assert tw.check(text % '{"StringEqual": {"sts:ExternalId": "a"}}')
