"""`Companion`s that several patterns share: trying the role, and ending the sessions it has given
out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from trust_widgets.aws.arns import with_root
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.policy import Companion, Principal, Role, Statement, principals_of_kind
from trust_widgets.text.quoting.shell import command, quote

# The console's own name for it, so that the console finds it again.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
_REVOKE = "AWSRevokeOlderSessions"
_NOW = "NOW"
_READ_CLOCK = "'\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"'"  # out of the single quotes, and in again
_ALIKE = ("StringEquals", "StringEqualsIgnoreCase", "StringLike")


def try_it(role: Role, caller: Principal, partition: str = "aws", account: str = "") -> Companion:
    """The call by which the caller tries the role out, with all that its statement requires.

    https://docs.aws.amazon.com/cli/latest/reference/sts/assume-role.html

    Args:
        role: the conditions that its statement for this caller has are looked up in its trust
            policy.
        caller: who is to call.
        partition: of both accounts.
        account: the caller's, for the ARN of an MFA device; `""` when it is not known.
    """
    options = {"--role-arn": _accounts.arn_of(role, partition), "--role-session-name": "trying-it"}
    options |= _asked_for(_statement_for(role, caller), partition, account or "CALLER_ACCOUNT_ID")
    device = ""
    if "--token-code" in options:
        device = " Replace the MFA device and the code with the user's own."
    return Companion(
        "try_it",
        "Try it",
        "Run this with the caller's own credentials. It prints credentials of the role, or the "
        f"reason for the refusal.{device}",
        "try-it.sh",
        _command(("aws", "sts", "assume-role"), options),
    )


def _statement_for(role: Role, caller: Principal) -> Statement | None:
    wanted = set(map(with_root, caller.aws or ()))
    for statement in role.trust.statements:
        named = principals_of_kind(statement, "AWS")
        if statement.effect == "Allow" and set(map(with_root, named)) == wanted:
            return statement
    return None


def _asked_for(statement: Statement | None, partition: str, account: str) -> dict[str, str]:
    """What the call must carry: an external ID, and the device and code of a user who has no MFA
    session.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
    """
    if statement is None:
        return {}
    ids = [
        str(value)
        for _, operator, value in statement.values_of("sts:ExternalId")
        if operator in _ALIKE
    ]
    options = {}
    if ids:
        plain = not set(ids[0]) & set("*?$")  # a wildcard is no part of an id
        options["--external-id"] = ids[0] if plain else "EXTERNAL_ID"
    if _asks_for_mfa(statement):
        device = f"arn:{partition}:iam::{account}:mfa/DEVICE_NAME"
        options |= {"--serial-number": device, "--token-code": "123456"}
    return options


def _asks_for_mfa(statement: Statement) -> bool:
    present = [
        str(value).lower() for _, _, value in statement.values_of("aws:MultiFactorAuthPresent")
    ]
    return "true" in present or any(True for _ in statement.values_of("aws:MultiFactorAuthAge"))


def revoke(role: Role) -> tuple[Companion, ...]:
    """How to end the sessions of a role, which a narrower trust policy leaves alone; once for each
    role.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html

    Args:
        role: nothing is said for one that nobody may assume.
    """
    if not any(statement.effect == "Allow" for statement in role.trust.statements):
        return ()
    older = {"DateLessThan": {"aws:TokenIssueTime": _NOW}}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": older}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    options = {"--role-name": role.name, "--policy-name": _REVOKE}
    head = _command(("aws", "iam", "put-role-policy"), options).rstrip("\n")
    text = f"{head} \\\n  --policy-document {quote(document).replace(_NOW, _READ_CLOCK)}\n"
    note = (
        "A trust policy applies to new sessions only. Run this after you narrow it: existing "
        "sessions lose all permissions. Callers that the trust policy still allows can assume "
        "the role again."
    )
    return (Companion("revoke", "Revoke existing sessions", note, "revoke-sessions.sh", text),)


def _command(words: tuple[str, ...], options: Mapping[str, str]) -> str:
    """A command; no argument can hold NUL, and no name in AWS does: it is left out."""
    return command(words, {name: value.replace("\0", "") for name, value in options.items()}) + "\n"
