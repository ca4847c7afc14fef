"""Concretize: make a request from a model, which has a value for each key."""

from __future__ import annotations

from collections.abc import Mapping

from trust_widgets.access.atoms import Absent, Found, seconds_of
from trust_widgets.access.caller import SESSION, PrincipalClass, principal_from_arn
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.key_names import (
    ARN,
    CURRENT_TIME,
    EPOCH_TIME,
    IDENTITY,
    IDENTITY_BEFORE,
    RESOURCE_ACCOUNT,
    TAG,
    TAGS,
)
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.service_calls import Carried
from trust_widgets.evaluation import Request, arn_of_role
from trust_widgets.providers import common_subject, provider_of, subject_key


def concretize(
    environment: RequestEnvironment,
    model: Mapping[str, Found],
    names: Mapping[str, str],
    *,
    with_arn: bool = False,
) -> Request:
    """The call.

    Args:
        environment: who calls, and in which way.
        model: what its keys hold.
        names: how the policies spell each key.
        with_arn: whether a session's request says the ARN of its role, also where no condition
            requires it and the role has no path: a policy may name a role of the same name with a
            path.
    """
    values = {key: found for key, found in model.items() if not isinstance(found, Absent)}
    principal = _principal(environment, values)
    role = _role(environment.role, values.pop(RESOURCE_ACCOUNT, ""))
    if environment.caller.kind in ("aws", "service"):
        values = {
            key: found for key, found in values.items() if key_record(key).if_not_given != "derived"
        }
    arn = model.get(ARN, environment.caller.fixed.get(ARN))
    if isinstance(arn, str) and environment.caller.sort == "session":
        if with_arn or ARN in names or arn.count("/") > 1:
            values[ARN] = arn  # the session's ARN does not contain the role's path
    _add_time(values, names)
    if environment.caller.kind == "oidc":
        _add_claims(environment.caller, values)
    if environment.mode.tags:
        _add_tags(values, names, environment.caller.carried)
    if environment.mode.identity:
        values.setdefault(IDENTITY, values.get(IDENTITY_BEFORE, "somebody"))  # it cannot be changed
    context = {spelled(key, names): found for key, found in values.items()}
    caller = environment.caller
    return Request(caller.action, principal, role, context, frozenset(), caller.permission)


def _role(role: str, account: object) -> str:
    """The role in the account that a condition on `aws:ResourceAccount` requires."""
    if not isinstance(account, str) or not is_account_id(account):
        return role
    arn = arn_of_role(role)
    return f"arn:{arn.partition}:iam::{account}:{arn.resource}"


def _principal(environment: RequestEnvironment, values: Mapping[str, str | tuple[str, ...]]) -> str:
    caller = environment.caller
    arn = values.get(ARN)
    principal = caller.principal
    if caller.arn is not None and isinstance(arn, str):
        principal = principal_from_arn(arn, principal.rpartition("/")[2])
    user_id = values.get("aws:userid")
    if caller.sort == "session" and isinstance(user_id, str) and principal.endswith(f"/{SESSION}"):
        return f"{principal.removesuffix(SESSION)}{user_id.partition(':')[2]}"
    return principal


def _add_time(values: dict[str, str | tuple[str, ...]], names: Mapping[str, str]) -> None:
    """The keys of the time that policies name say the same."""
    moment = values.get(CURRENT_TIME)
    if EPOCH_TIME not in names or not isinstance(moment, str):
        return
    values[EPOCH_TIME] = seconds_of(moment)
    if CURRENT_TIME not in names:
        del values[CURRENT_TIME]


def _add_claims(caller: PrincipalClass, values: dict[str, str | tuple[str, ...]]) -> None:
    """What every token has, also when no condition requires it."""
    sub, aud = subject_key(caller.issuer), f"{caller.issuer}:aud"
    provider = provider_of(caller.issuer)
    subject = caller.fixed.get(sub) or common_subject(caller.issuer)
    audience = caller.fixed.get(aud, "")
    if not audience and provider is not None:
        audience = provider.audience
    if subject:
        values.setdefault(sub, subject)
    if audience:
        values.setdefault(aud, audience)


def _add_tags(
    values: dict[str, str | tuple[str, ...]], names: Mapping[str, str], carried: Carried
) -> None:
    """The list of tags and the tags themselves say the same."""
    keys = [spelled(key, names) for key in values if key.startswith(TAG)]
    given = [key.partition("/")[2] for key in keys]
    listed, usual = values.get(TAGS[0]), dict(carried.tags)
    tags = tuple(given or usual or ("Team",))
    if carried.always:
        tags = tuple(usual)
    elif isinstance(listed, tuple):
        tags = listed
    values[TAGS[0]] = tags
    for tag in tags:
        same = values.get(f"aws:principaltag/{tag.lower()}", usual.get(tag, "other"))
        values.setdefault(f"{TAG}{tag.lower()}", same)
        if tag.lower() not in map(str.lower, given):
            values[f"aws:RequestTag/{tag}"] = values.pop(f"{TAG}{tag.lower()}")
    if carried.always and TAGS[1] in names:
        values[TAGS[1]] = tags


def spelled(key: str, names: Mapping[str, str]) -> str:
    """A key as AWS spells it, else as the policies do."""
    known = key_named(names.get(key, key))
    if known:
        return known.name
    return names.get(key, key)
