"""Texts that people paste in place of a trust policy, where one thing is wrong with the whole text.

A file's name, one statement, a part of a document.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import base64
import binascii
import re
from itertools import islice
from typing import Any

from trust_widgets.aws.arns import arn_of
from trust_widgets.text.json.reader import LONGEST, read
from trust_widgets.text.json.strict import Value, pretty, read_strictly, value_at
from trust_widgets.text.json.tree import JsonFault, Span, Splice

_FILE = re.compile(
    r"(?:[<@]\s*|\$\(\s*cat\s+|file\()?[\"']?(?P<name>(?:fileb?://|https?://)[^\s\"']{1,500}|"
    r"[~.\w/\\${}:@ -]{1,300}\.(?:json|json5|tpl|tftpl|tf|ya?ml|txt))[\"']?\)?",
    re.IGNORECASE,
)
_STATEMENT = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)
_LONGEST_WORDS = 200  # characters
_MOST_STARTS = 50  # braces at which a policy is looked for
_FEWEST_LINES = 3  # fewer need no mark
_MARK = re.compile(r"[ \t]*(?:[+>|]|\d{1,5}[:.|]?(?=[ \t]|$))[ \t]?")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")


# -- texts that are no JSON ------------------------------------------------------------------------


def fault_of_no_json(text: str) -> JsonFault | None:
    """The fault of a text that is no JSON: a file's name, an ARN, Base64, or statements alone."""
    tidy = text.strip()
    if not tidy or len(text) > LONGEST:
        return None
    is_one_line = "\n" not in tidy and "{" not in tidy.replace("${", "")
    file = _FILE.fullmatch(tidy) if is_one_line else None
    if file is not None:
        message = f'"{file["name"]}" is the name of a file. Open the file, and paste its content.'
        return JsonFault("file_name", message, Span(0, len(text)))
    if arn_of(tidy) is not None and not re.search(r"[\s{}\"]", tidy):
        message = (
            f'"{tidy}" is an ARN, not a policy. Paste the trust policy of the role: '
            "aws iam get-role prints it as AssumeRolePolicyDocument."
        )
        return JsonFault("file_name", message, Span(0, len(text)))
    return _of_base64(text) or _of_parts(text) or _of_marked_lines(text)


def words_alone(text: str) -> JsonFault | None:
    """The fault of a text of words: those around a policy, or words of which nothing is JSON."""
    tidy = text.strip()
    if len(text) > LONGEST or not tidy.strip("\ufeff") or tidy[:1] in ("{", "[", '"'):
        return None
    inner = policy_within(tidy)
    if inner is not None:
        message = "There is other text around the policy. Keep only the JSON."
        return _with_fix("wrapped", message, text, "Keep only the JSON", inner)
    if len(tidy) > _LONGEST_WORDS or re.search(r"[{}\[\]\"'“”‘’=\n]", tidy):
        return None
    if re.fullmatch(r"-?[0-9.eE+-]+|true|false|null", tidy):
        return None  # a value of JSON, of another type than a policy's
    message = (
        f'"{tidy}" is not a policy. A policy is an object in braces, {{ ... }}. Paste '
        "the trust policy of the role."
    )
    return JsonFault("wrong_type", message, Span(0, len(text)))


def policy_within(text: str) -> str | None:
    """The first JSON object in a text that is a policy, as it is written.

    Example:
        >>> policy_within('policy: {"Statement": []};')
        '{"Statement": []}'
    """
    for found in islice(re.finditer(r"\{", text), _MOST_STARTS):
        try:
            value = value_at(text, found.start())
        except (ValueError, RecursionError):
            continue
        if is_policy(value.plain):
            return value.source
    return None


def _of_base64(text: str) -> JsonFault | None:
    tidy = "".join(text.split())
    if not _BASE64.fullmatch(tidy):
        return None
    try:
        plain = base64.urlsafe_b64decode(tidy.replace("+", "-").replace("/", "_") + "==").decode()
    except (ValueError, binascii.Error):
        return None
    if not plain.lstrip().startswith("{"):
        return None
    return _with_fix("wrapped", "This policy is encoded as Base64.", text, "Decode it", plain)


def _of_parts(text: str) -> JsonFault | None:
    """Statements with commas between them, or members without the braces around them."""
    tidy = text.strip().rstrip(",").rstrip()
    listed = read_strictly(f"[{tidy}]")
    if listed is not None and listed.plain and all(map(is_statement, listed.plain)):
        return _statements(text, f"[{tidy}]", "These statements are not in a policy.")
    inner = read_strictly(f"{{{tidy}}}")
    if inner is None or not isinstance(inner.plain, dict):
        return None
    if "Statement" in inner.plain:
        message = "The braces around the whole policy are missing. Add them."
        return _with_fix("statement_alone", message, text, "Add the braces", f"{{{tidy}}}")
    if is_statement(inner.plain):
        return _statements(text, f"{{{tidy}}}", "These are elements of one statement.")
    (name, value), *others = inner.plain.items() or [("", None)]
    if others or not is_policy(value):
        return None
    message = (
        f"{name} is where the policy was copied from. The policy is only what is in the braces."
    )
    return _with_fix("wrapped", message, text, "Keep the policy", policy_within(tidy) or tidy)


def _of_marked_lines(text: str) -> JsonFault | None:
    """A policy with a mark or a number at the start of each line, as in an e-mail or a diff."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return None
    if all(map(_MARK.match, lines)):
        plain = "\n".join(_MARK.sub("", line) for line in lines)
    elif all(line[0] in "+- " for line in lines) and any(line[0] in "+-" for line in lines):
        plain = "\n".join(line[1:] for line in lines if line[0] != "-")
    else:
        return None
    inner = policy_within(plain)
    if inner is None:
        return None
    message = "Each line starts with a mark or a number that is not part of the policy."
    return _with_fix("wrapped", message, text, "Remove the marks", inner)


# -- texts that are JSON ---------------------------------------------------------------------------


def fault_of_json(text: str) -> JsonFault | None:
    """The fault of a JSON document that is one statement alone, or a list of policies."""
    root = read_strictly(text)
    if root is None:
        return None
    if isinstance(root.plain, list):
        return _of_list(text, root)
    if not isinstance(root.plain, dict):
        return None
    if is_statement(root.plain):
        return _statements(text, text.strip(), "This is one statement, not a policy.")
    return None


def _of_list(text: str, root: Value) -> JsonFault | None:
    policies = [item for item in root.items() if is_policy(item.plain)]
    if len(policies) != len(root.plain) or not policies:
        return None
    message = "This is a list that contains the policy. Keep only the object."
    if len(policies) == 1:
        return _with_fix("wrapped", message, text, "Keep the policy", policies[0].source)
    message = f"These are {len(policies)} policies. A role has one trust policy. Paste one of them."
    return JsonFault("wrapped", message, Span(0, len(text)))


def is_policy(value: Any) -> bool:
    """Whether a value is an object with statements."""
    return isinstance(value, dict) and "Statement" in value


def is_statement(value: Any) -> bool:
    """Whether a value is a statement by its members, and no policy.

    Example:
        >>> is_statement({"Effect": "Allow", "Action": "sts:AssumeRole"})
        True
        >>> is_statement({"Statement": []}), is_statement({"Effect": "Allow", "Version": ""})
        (False, False)
    """
    if not isinstance(value, dict) or not value or "Statement" in value:
        return False
    return len(_STATEMENT & set(value)) > 1 or set(value) <= _STATEMENT


def _statements(text: str, statements: str, message: str) -> JsonFault:
    listed = statements if statements.startswith("[") else f"[{statements}]"
    policy = pretty(f'{{"Version": "2012-10-17", "Statement": {listed}}}')
    message += " A policy is an object with Version and Statement."
    return _with_fix("statement_alone", message, text, "Wrap it in a policy", policy)


def _with_fix(kind: str, message: str, text: str, title: str, policy: str) -> JsonFault:
    usable = read(policy).root is not None
    splices = (Splice(0, len(text), policy.strip()),) if usable else ()
    return JsonFault(kind, message, Span(0, len(text)), title if usable else "", splices)
