"""Texts of IAM and STS that name no caller, each with its one cause.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html
"""

from __future__ import annotations

import re

import pytest

from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.callers.other_refusals import EVERY, cause_in

OPERATION = "when calling the AssumeRoleWithWebIdentity operation"
WEB = f"An error occurred (InvalidIdentityToken) {OPERATION}: "
SAVE = "An error occurred (MalformedPolicyDocument) when calling the CreateRole operation: "
TEXTS = [
    (f"{WEB}Incorrect token audience", "client IDs"),
    (
        f"{WEB}No OpenIDConnect provider found in your account for https://idp.octo.example/x",
        "https://idp.octo.example/x",
    ),
    (f"{WEB}No OpenIDConnect provider found in your account", "no OIDC identity provider"),
    (f"{WEB}Couldn't retrieve verification key from your identity provider", "jwks_uri"),
    (
        f"{WEB}OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
        "thumbprint",
    ),
    (
        f"{WEB}Token expired: current date/time 1 must be before the expiration date/time 2",
        "token has expired",
    ),
    (f"{WEB}The ID Token provided is not a valid JWT.", "not a JWT"),
    (f"{WEB}Missing a required claim: aud", "no claim aud"),
    (f"{WEB}Something else", "signature, issuer or audience"),
    (
        "Error: It looks like you might be trying to authenticate with OIDC. Did you mean to set"
        " the `id-token` permission?",
        "id-token: write",
    ),
    ("Error: Credentials could not be loaded, please check your action inputs", "no credentials"),
    ("RoleSessionName is required in AuthnResponse (Service: AWSSecurityTokenService)", "SAML"),
    ("Response signature invalid (service: AWSSecurityTokenService)", "metadata"),
    ("Specified provider doesn't exist (Service: AWSSecurityTokenService)", "SAML provider"),
    ("Roles may not be assumed by root accounts.", "root user"),
    (
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
        " chaining",
        "one hour",
    ),
    ("The requested DurationSeconds exceeds the MaxSessionDuration set for this role", "maximum"),
    (
        "An error occurred (PackedPolicyTooLarge) when calling the AssumeRole operation: Packed"
        " size of session tags consumes 123% of allotted space",
        "too large",
    ),
    (
        "An error occurred (RegionDisabledException): STS is not activated in this region for"
        " account:111122223333",
        "not activated",
    ),
    ("MultiFactorAuthentication failed with invalid MFA one time pass code.", "MFA code"),
    (
        "An error occurred (ExpiredToken) when calling the AssumeRole operation: The security token"
        " included in the request is expired",
        "own credentials have expired",
    ),
    ("The security token included in the request is invalid.", "not valid"),
    ("Request ARN is invalid", "whole ARN"),
    (f'{SAVE}Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/x"', "role/x"),
    (f'{SAVE}Invalid principal in policy: "SERVICE":"foo.amazonaws.com"', "foo.amazonaws.com"),
    (
        f"{SAVE}Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The"
        " passed in policy has a statement with no principals!",
        "no principal",
    ),
    (f'{SAVE}AssumeRolepolicy contained an invalid principal: "STAR":"*".', '{"AWS": "*"}'),
    (f"{SAVE}Has prohibited field Resource", "Remove Resource"),
    (f"{SAVE}AssumeRole policy may only specify STS AssumeRole actions.", "not of STS"),
    (
        f"{SAVE}Federated principals must be valid domain names or SAML metadata ARNs",
        "without https://",
    ),
    (f"{SAVE}A condition block must be present for the Cognito provider", "identity pool"),
    (f"{SAVE}AssumeRole policy must not contain NotPrincipal field.", "NotPrincipal"),
    (
        f"{SAVE}Trust policy with trusted principal arn:aws:iam::111122223333:oidc-provider/token."
        "actions.githubusercontent.com must evaluate, using StringEquals, StringLike or"
        " StringEqualsIgnoreCase, token.actions.githubusercontent.com:sub which is not scoped to"
        " all.",
        "token.actions.githubusercontent.com:sub",
    ),
    ("LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048", "2048"),
    (f"{SAVE}Statement IDs (SID) in a single policy must be unique.", "same Sid"),
    (f"{SAVE}Missing required field Action", "Action"),
    (f"{SAVE}This policy contains invalid Json", "as JSON"),
    (f"{SAVE}whatever", "does not say why"),
    ("The role with name app cannot be found.", "app"),
    (
        "User: arn:aws:iam::111122223333:user/x is not authorized to perform: iam:PassRole on"
        " resource: arn:aws:iam::111122223333:role/app",
        "iam:PassRole",
    ),
    ("The role defined for the function cannot be assumed by Lambda.", "lambda.amazonaws.com"),
    ("Has prohibited field NotPrincipal", "has NotPrincipal"),
    ("ConcurrentModification: Request was denied", "save it once more"),
    (
        "MalformedPolicyDocument: Policy document should not specify a principal.",
        "update-assume-role-policy",
    ),
    (
        "(ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: Token"
        " expired: current date/time 1764 must be before the expiration date/time 1763",
        "The token has expired",
    ),
    ("(ExpiredToken) when calling the AssumeRole operation", "own credentials have expired"),
    ("ECS was unable to assume the role 'arn:aws:iam::111122223333:role/x'", "ecs-tasks.amazonaws"),
    (
        "AccessDeniedException: Unauthorized Exception! EKS does not have permissions to assume the"
        " associated role.",
        "sts:TagSession for the principal pods.eks.amazonaws.com",
    ),
    (
        "CodeBuild is not authorized to perform: sts:AssumeRole on"
        " arn:aws:iam::111122223333:role/x",
        "CodeBuild",
    ),
    ("Error: IAM Role (arn:aws:iam::111122223333:role/app) cannot be assumed.", "role/app"),
]


@pytest.mark.parametrize(("text", "words"), TEXTS)
def test_each_text_has_its_cause(text: str, words: str) -> None:
    assert words in cause_in(text)
    for name in ("error_message", "cloudtrail_event", "token"):
        with pytest.raises(ValueError, match=re.escape(words)):
            CALLERS[name].make(ROLE, {"text": text})


@pytest.mark.parametrize("each", EVERY)
def test_a_cause_is_whole_sentences(each: object) -> None:
    cause = each.cause.format("X")  # type: ignore[attr-defined]
    assert cause.endswith(".") and not cause.startswith(" ") and "  " not in cause


@pytest.mark.parametrize(
    "text",
    [
        "Access Denied",
        "An error occurred (AccessDenied) when calling the AssumeRole operation: Access denied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        '{"Statement": [{"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}}]}',
        "The token is fine",
    ],
)
def test_a_text_without_a_cause_gets_none(text: str) -> None:
    assert cause_in(text) == ""


def test_what_is_joined_to_an_issuer_is_not_repeated() -> None:
    """An issuer has no "=": what follows one came from another line, and may be a secret."""
    text = f"{TEXTS[1][0]}AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    with pytest.raises(ValueError, match="OIDC identity provider") as refused:
        CALLERS["error_message"].make(ROLE, text=text)
    assert "wJalr" not in str(refused.value)
