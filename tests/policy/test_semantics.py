"""What operators, condition keys and actions mean, by AWS's pages."""

from __future__ import annotations

import pytest

from trust_widgets.aws.keys.claims import ClaimKey, claim_key, intended_claim, is_claim
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.aws.principal_forms import PrincipalForm
from trust_widgets.policy import Condition, Statement
from trust_widgets.policy.semantics import (
    ActionList,
    ConditionView,
    actions_of,
    can_assume,
    conditions_on,
    has_no_actions,
    is_meant_to_assume,
    keys_of,
    names_action,
    principal_ref,
    requires_match,
)

GITHUB = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("text", "spelled", "positive"),
    [
        ("stringnotlike", "StringNotLike", "StringLike"),
        ("NOTIPADDRESS", "NotIpAddress", "IpAddress"),
        ("forallvalues:arnnotequalsifexists", "ForAllValues:ArnNotEqualsIfExists", "ArnEquals"),
        ("StringNotEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase"),
        ("Null", "Null", "Null"),
    ],
)
def test_an_operator_is_spelled_as_aws_does(text: str, spelled: str, positive: str) -> None:
    operator = parse_operator(text)

    assert operator is not None
    assert (operator.spelling(), operator.positive) == (spelled, positive)


def test_an_operator_is_built_again_with_what_stands_round_it() -> None:
    operator = parse_operator("ForAnyValue:NumericEqualsIfExists")

    assert operator is not None
    assert operator._replace(base="StringEquals").spelling() == "ForAnyValue:StringEqualsIfExists"
    assert operator._replace(quantifier="").spelling() == "NumericEqualsIfExists"


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
@pytest.mark.parametrize(
    ("operator", "result"),
    [
        ("StringEquals", False),
        ("StringNotEquals", True),  # "true if the key is not present"
        ("StringEqualsIfExists", True),
        ("ForAllValues:StringEquals", True),  # no key: no value that does not match
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAnyValue:StringNotEqualsIfExists", True),
        ("Null", None),
    ],
)
def test_without_the_key(operator: str, result: bool | None) -> None:
    parsed = parse_operator(operator)

    assert parsed is not None
    assert parsed.result_when_absent is result


@pytest.mark.parametrize("operator", ["Null", "null"])
@pytest.mark.parametrize(
    ("values", "absent", "requires_presence", "requires_absence"),
    [
        (("true",), True, False, True),
        (("True",), True, False, True),
        ((True,), True, False, True),
        (("false",), False, True, False),
        ((False,), False, True, False),
        (("true", "TRUE"), True, False, True),
        (("true", "false"), True, False, False),
        (("yes",), False, False, False),
        ((), False, False, False),
    ],
)
def test_null(
    operator: str,
    values: tuple[str | bool, ...],
    absent: bool,
    requires_presence: bool,
    requires_absence: bool,
) -> None:
    """ "true" asks that the key be absent, "false" that it be there; a text is read in any case,
    JSON's true as well.
    """
    view = ConditionView(Condition(operator, "aws:TokenIssueTime", values))

    assert view.result_when_absent is absent
    assert (view.requires_presence, view.requires_absence) == (requires_presence, requires_absence)


def test_an_operator_that_aws_does_not_have() -> None:
    view = ConditionView(Condition("StringMatches", "aws:PrincipalArn", ("a",)))

    assert view.operator is None and view.result_when_absent is None and view.base == ""
    assert not (view.is_negated or view.takes_wildcards or view.is_null or view.requires_presence)
    assert not requires_match(view.condition)


def test_one_and_true_are_different_values() -> None:
    """Python's 1 equals True; a cache that held them for one would give the text of the other."""
    one, true = (
        ConditionView(Condition("Bool", "aws:SecureTransport", (value,))) for value in (1, True)
    )

    assert one.values == ("1",) and true.values == ("true",)


@pytest.mark.parametrize(
    ("key", "issuer", "claim", "intended"),
    [
        (f"{GITHUB}:sub", GITHUB, "sub", ClaimKey(GITHUB, "sub")),
        ("idp.octo.example:8443/realms/a:aud", "idp.octo.example:8443/realms/a", "aud", None),
        ("saml:aud", "", "", None),
        (
            '${trimprefix(module.eks.url, "https://")}:sub',
            '${trimprefix(module.eks.url, "https://")}',
            "sub",
            None,
        ),
        (f"https://{GITHUB}:sub", "", "", ClaimKey(f"https://{GITHUB}", "sub")),
        ("octo.example", "", "", None),
        ("", "", "", None),
    ],
)
def test_the_claim_in_a_key(key: str, issuer: str, claim: str, intended: ClaimKey | None) -> None:
    assert claim_key(key) == (issuer, claim)
    assert is_claim(key) is bool(claim)
    assert intended_claim(key) == (intended or (issuer, claim))


def test_a_key_is_compared_without_regard_to_case() -> None:
    view = ConditionView(Condition("StringEquals", f"{GITHUB.upper()}:Sub", ("a",)))

    assert (view.key, view.issuer, view.claim) == (f"{GITHUB}:sub", GITHUB, "sub")


def test_the_keys_of_a_statement() -> None:
    conditions = (
        Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",)),
        Condition("StringLike", "AWS:principalorgid", ("o-*",)),
        Condition("StringLike", "sts:ExternalId", ("a*",)),
    )
    statement = Statement(conditions=conditions)

    assert keys_of(statement) == {"aws:principalorgid", "sts:externalid"}
    assert keys_of(statement, "StringEquals") == {"aws:principalorgid"}
    assert list(conditions_on(statement, "aws:PrincipalOrgId")) == list(conditions[:2])


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
@pytest.mark.parametrize(
    ("action", "not_action", "names", "assumes", "is_meant"),
    [
        ("sts:AssumeRole", None, True, True, True),
        (("sts:TagSession", "sts:AssumeRole*"), None, True, True, True),
        ("sts:AssumeRoleWithSAML", None, False, True, True),
        ("sts:TagSession", None, False, False, False),
        (("sts:tagsession", "sts:SetSourceIdentity"), None, False, False, False),
        ("sts:Tag*", None, False, False, True),
        ("sts:AsumeRole", None, False, False, True),
        (None, "sts:TagSession", True, True, True),
        (None, "sts:AssumeRole", False, True, True),
        (None, "sts:Assume*", False, False, True),
        ((), "sts:TagSession", True, True, True),
        ((), None, False, False, True),
        (None, None, False, False, True),
    ],
)
def test_the_actions_of_a_statement(
    action: str | tuple[str, ...] | None,
    not_action: str | None,
    names: bool,
    assumes: bool,
    is_meant: bool,
) -> None:
    statement = Statement(action=action, not_action=not_action)  # type: ignore[arg-type]

    assert names_action(statement, "sts:AssumeRole") is names
    assert can_assume(statement) is assumes
    assert is_meant_to_assume(statement) is is_meant
    assert has_no_actions(statement) is (not action and not not_action)


def test_which_text_names_an_action() -> None:
    actions = actions_of(Statement(action=("sts:TagSession", "sts:Assume*", "sts:AssumeRole")))

    assert actions.index_of("STS:assumerole") == 1
    assert actions.index_of("sts:SetContext") is None
    assert actions.path_of(1) == ("Action", 1)
    assert ActionList(("sts:*",), "NotAction").path_of(0) == ("NotAction", 0)


def test_a_match_is_required() -> None:
    """A negated operator is met by any other value, also behind `ForAnyValue`."""
    assert ParsedOperator("ForAnyValue", "StringLike", if_exists=False).requires_match
    assert not ParsedOperator("ForAnyValue", "StringNotLike", if_exists=False).requires_match
    assert not ParsedOperator("", "Bool", if_exists=True).requires_match
    assert not ParsedOperator("", "Null", if_exists=False).requires_match
    assert not requires_match(Condition("StringEquals", "sts:ExternalId", ()))


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
@pytest.mark.parametrize(
    ("text", "kind", "sort", "account", "name", "session"),
    [
        ("111122223333", "aws", "account", "111122223333", "", ""),
        ("arn:aws-cn:iam::111122223333:root", "aws", "account", "111122223333", "", ""),
        ("arn:aws:iam::111122223333:user/team/ops", "aws", "user", "111122223333", "ops", ""),
        ("arn:aws:iam::111122223333:role/deploy", "aws", "role", "111122223333", "deploy", ""),
        (
            "arn:aws:sts::111122223333:assumed-role/deploy/run-1",
            "aws",
            "session",
            "111122223333",
            "deploy",
            "run-1",
        ),
        (
            "arn:aws:sts::111122223333:federated-user/ops",
            "aws",
            "federated-user",
            "111122223333",
            "ops",
            "",
        ),
        ("arn:aws:iam::111122223333:saml-provider/corp", "saml", "", "111122223333", "corp", ""),
        ("ec2.amazonaws.com", "service", "", "", "", ""),
        ("accounts.google.com", "oidc", "", "", "", ""),
    ],
)
def test_what_a_principal_refers_to(
    text: str, kind: str, sort: str, account: str, name: str, session: str
) -> None:
    ref = principal_ref(text)

    assert (ref.kind, ref.sort, ref.account) == (kind, sort, account)
    assert (ref.name, ref.session) == (name, session)


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "",
        "1111-2222-3333",
        "arn:aws:iam::111122223333:group/ops",
        "arn:aws:iam::1111:role/deploy",
        "arn:aws:sts::111122223333:assumed-role/deploy",
        "AROADBQP57FF2AEXAMPLE",
        "https://idp.octo.example",
    ],
)
def test_a_text_that_refers_to_nobody(text: str) -> None:
    assert principal_ref(text).kind == ""


def test_the_issuer_of_tokens_and_the_form_of_a_text() -> None:
    provider = principal_ref(f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}")

    assert (provider.kind, provider.issuer, provider.form) == (
        "oidc",
        GITHUB,
        PrincipalForm.PROVIDER,
    )
    assert principal_ref("accounts.google.com").issuer == "accounts.google.com"
    assert principal_ref("arn:aws-us-gov:iam::111122223333:role/a").partition == "aws-us-gov"
    assert principal_ref("AROADBQP57FF2AEXAMPLE").form is PrincipalForm.DELETED
