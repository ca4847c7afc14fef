"""iam-to-english as its command line works: load, parse, analyse; its rules have no ids, so a
message is its rule.
"""

from iam_to_english.analyzer import analyze
from iam_to_english.errors import PolicyError
from iam_to_english.loader import _parse_content
from iam_to_english.parser import parse_policy
from serving import serve

# The beginnings of its messages about who gets in: (beginning, rule).
RULES = (
    ("Anyone on the internet (any AWS account) can assume", "public_assume"),
    ("Anyone on the internet can", "public"),
    ("Open to any principal", "public_with_conditions"),
    ("Grants access to everyone except", "not_principal"),
    ("Any GitHub repository can assume this role: the trust has no", "github_without_sub"),
    ("Any GitHub repository can assume this role: the 'sub'", "github_any_repository"),
    ("Any token from this identity provider", "oidc_without_conditions"),
    ("Effectively full administrator", "not_action_admin"),
    ("Every action is allowed except", "not_action"),
    ("Policy version is", "version"),
    ("The policy has no statements", "no_statements"),
)


def check(text):
    """Its warnings and escalations; what it will not read is a finding too."""
    try:
        explained = analyze(parse_policy(_parse_content(text, "trust")))
    except PolicyError as error:
        return [("policy_error", "error", str(error))]
    warnings = [
        (rule_of(warning.message), warning.severity, warning.message)
        for warning in explained.warnings
    ]
    return [
        *warnings,
        *(("escalation", each.severity, each.name) for each in explained.escalations),
    ]


def rule_of(message):
    return next((rule for beginning, rule in RULES if message.startswith(beginning)), "action")


serve(check)
