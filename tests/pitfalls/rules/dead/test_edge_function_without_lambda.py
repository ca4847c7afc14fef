"""A function of Lambda@Edge trusts both services.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "edge_function_without_lambda"
EDGE, LAMBDA = "edgelambda.amazonaws.com", "lambda.amazonaws.com"


@pytest.mark.parametrize(
    ("services", "after"),
    [
        (EDGE, [LAMBDA, EDGE]),
        ([EDGE], [LAMBDA, EDGE]),
        ([EDGE, "ec2.amazonaws.com"], [LAMBDA, EDGE, "ec2.amazonaws.com"]),
    ],
)
def test_the_other_one_is_added(services: object, after: list[str]) -> None:
    """Written as one text, in a list, and beside another service."""
    text = policy({"Service": services})
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.DEAD,
        ("Statement", 0, "Principal", "Service", 0),
    )
    assert statement(fixed(finding, text))["Principal"] == {"Service": after}


@pytest.mark.parametrize(
    "text",
    [
        policy({"Service": LAMBDA}),
        policy({"Service": [LAMBDA, EDGE]}),
        several(grant({"Service": EDGE}), grant({"Service": LAMBDA})),
        policy({"Service": EDGE}, Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """An ordinary function, both in one statement or in two, and a Deny."""
    assert found(NAME, text) == []
