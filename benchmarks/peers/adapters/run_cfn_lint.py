"""cfn-lint on a template with the role."""

import json

from cfnlint.api import lint
from cfnlint.core import get_rules
from serving import cloudformation, document, serve

rules = get_rules([], [], [])
ELEMENTS = {
    "Version",
    "Statement",
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Principal",
    "NotPrincipal",
}
ELEMENTS |= {"Condition", "Resource", "NotResource"}


def check(text):
    """All its errors and warnings; a text that is no JSON stands in the template as a text."""
    policy = document(text)
    template = json.dumps(cloudformation(text if policy is None else policy), indent=1)
    matches = lint(template, rules, ["us-east-1"])
    return [
        (f"{match.rule.id} {element_of(match.path)}", match.rule.severity, match.message)
        for match in matches
    ]


def element_of(path):
    """The element of the policy that a match is about: its rule is one for the whole of a trust
    policy.
    """
    names = [step for step in list(path)[4:] if isinstance(step, str)]
    if not names:
        return "document"
    name = names[1] if names[0] == "Statement" and len(names) > 1 else names[0]
    return name if name in ELEMENTS else "other"


serve(check)
