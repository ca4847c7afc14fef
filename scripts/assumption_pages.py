"""What is in `docs/assumptions.md`; `scripts/docs_pages.py` writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import trust_widgets as tw
from trust_widgets.explain import ASSUMPTIONS, Decision

ROLE = "arn:aws:iam::111122223333:role/app"
OTHER_USER = "arn:aws:iam::444455556666:user/ops"
OWN_USER = "arn:aws:iam::111122223333:user/ops"


@dataclass(frozen=True)
class Example:
    """A policy of one statement, and a call whose decision rests on an assumption.

    Args:
        otherwise: what it would mean if AWS behaved otherwise.
        principal, condition, action, more: of the statement.
        caller, context, called: of the call.
    """

    otherwise: str
    principal: Any
    caller: str
    condition: Mapping[str, Any] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    action: str = "sts:AssumeRole"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def statement(self) -> dict[str, Any]:
        """The statement as JSON."""
        condition = {"Condition": self.condition} if self.condition else {}
        return {
            "Effect": "Allow",
            "Principal": self.principal,
            "Action": self.action,
            **self.more,
            **condition,
        }

    @property
    def decision(self) -> Decision:
        """What is decided. The caller's own policies allow the call, where they are asked."""
        policy = tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [self.statement]}))
        return tw.evaluate(
            policy,
            tw.Request("sts:AssumeRole", self.caller, ROLE, self.context, frozenset(), "yes"),
        )


def _asking(
    operator: str, key: str, wanted: Any, given: Any, otherwise: str, **more: Any
) -> Example:
    context = {key: given} if given is not None else {}
    return Example(
        otherwise,
        {"AWS": OWN_USER},
        OWN_USER,
        {operator: {key: wanted}},
        **{"context": context, **more},
    )


EXAMPLES = {
    "as_if_saved": Example(
        "IAM refuses the document, so that the role keeps the policy it has: what is said of this"
        " one never comes true.",
        "*",
        OTHER_USER,
    ),
    "star_covers_everyone": Example(
        "Such a statement would not allow services and holders of tokens, so fewer "
        "callers would be allowed than is said.",
        {"AWS": "*"},
        "lambda.amazonaws.com",
    ),
    "partitions_apart": Example(
        "An account of another partition would be allowed, if its own policies allow the request.",
        {"AWS": "arn:aws-cn:iam::444455556666:root"},
        OTHER_USER,
    ),
    "boundary_and_arn": Example(
        "Nothing else is assumed: a caller that is reported as allowed may still be "
        "stopped on the caller's own side.",
        {"AWS": OWN_USER},
        OWN_USER,
    ),
    "operator_case": _asking(
        "stringequals",
        "sts:ExternalId",
        "b2f6c3de",
        "b2f6c3de",
        "IAM would refuse the document, or the condition would never be true.",
    ),
    "binary_is_base64": _asking(
        "BinaryEquals",
        "example:Blob",
        "QUJD",
        "QUJD",
        "A call would have to bring the bytes themselves. No key of a call that assumes a role is"
        " known to be binary.",
    ),
    "multivalued_without_set": _asking(
        "StringEquals",
        "aws:PrincipalOrgPaths",
        "o-a1b2c3d4e5/",
        ("o-a1b2c3d4e5/",),
        "In an Allow, more callers would be allowed than reported; in a Deny, fewer.",
    ),
    "variables_in_bool": _asking(
        "Bool",
        "aws:MultiFactorAuthPresent",
        "${aws:PrincipalTag/mfa}",
        "true",
        "The value would be plain text, which is neither true nor false, and the condition would"
        " never be true.",
        context={"aws:MultiFactorAuthPresent": "true", "aws:PrincipalTag/mfa": "true"},
    ),
    "star_in_variable_value": _asking(
        "StringLike",
        "sts:RoleSessionName",
        "${aws:PrincipalTag/name}",
        None,
        (
            "A caller that can set the tag could write a wildcard there, and would be "
            "allowed with any value."
        ),
        context={"sts:RoleSessionName": "run-1", "aws:PrincipalTag/name": "run-*"},
    ),
    "non_arn_negated": Example(
        "The condition would be false, so that an Allow allows less and a Deny stops less than is"
        " said.",
        {"Service": "lambda.amazonaws.com"},
        "lambda.amazonaws.com",
        {"ArnNotLike": {"aws:SourceArn": "arn:aws:s3:::octo-*"}},
        {"aws:SourceArn": "octo"},
    ),
    "star_is_no_arn": _asking(
        "ArnLike",
        "aws:PrincipalArn",
        "*",
        None,
        "The condition would be true of every ARN, so that it asks for nothing.",
    ),
    "tag_key_case": _asking(
        "StringEquals",
        "aws:PrincipalTag/Team",
        "red",
        None,
        "The tag team would not be the tag Team, and the condition would be one on a missing key.",
        context={"aws:PrincipalTag/team": "red"},
    ),
    "bare_v6_address": _asking(
        "IpAddress",
        "aws:SourceIp",
        "2001:db8::1",
        "2001:db8::1",
        "IAM may refuse the value, or it may stand for a whole range.",
    ),
    "pod_without_tags": Example(
        "No pod would be allowed, since the policy does not allow sts:TagSession.",
        {"Service": "pods.eks.amazonaws.com"},
        "pods.eks.amazonaws.com",
        {},
        {},
    ),
}
"""One of each assumption."""


def page(note: str) -> str:
    """`docs/assumptions.md`: what AWS's pages leave open, and how it is taken."""
    lines = [
        note,
        "# Assumptions",
        (
            "Where AWS's pages leave open what a policy means, a decision takes it one way, and"
            " lists under `decision.assumptions` that it did. Nothing here was tried against a live"
            " AWS account. These are all of them, each with a call whose decision rests on it."
        ),
        (
            "The role is `arn:aws:iam::111122223333:role/app`, each policy has Version 2012-10-17"
            " and this one statement, and the caller's own policies allow the call."
        ),
        *(line for name in ASSUMPTIONS for line in _section(name)),
    ]
    return "\n\n".join(lines) + "\n"


def _section(name: str) -> Iterator[str]:
    assumption, example = ASSUMPTIONS[name], EXAMPLES[name]
    decision = example.decision
    yield f"## `{name}`"
    yield f"**Assumed:** {_plain(assumption.text)}"
    yield f"**What AWS leaves open:** {_plain(assumption.open)} [AWS's page]({assumption.source})"
    yield f"```json\n{json.dumps(example.statement, indent=2)}\n```"
    yield f"**The request:** {_call(example)}"
    yield f"**The decision:** {decision.outcome}. {_plain(decision.because)}"
    yield f"**If AWS behaved otherwise:** {_plain(example.otherwise)}"


def _call(example: Example) -> str:
    keys = [f"`{key}`: {_value(value)}" for key, value in example.context.items()]
    return f"`sts:AssumeRole` by `{example.caller}`{', with ' + ', '.join(keys) if keys else ''}."


def _value(value: str | tuple[str, ...]) -> str:
    return ", ".join(f"`{text}`" for text in value) if isinstance(value, tuple) else f"`{value}`"


def _plain(text: str) -> str:
    """A text of ours in Markdown, where an asterisk would begin an emphasis."""
    return text.replace("*", r"\*")
