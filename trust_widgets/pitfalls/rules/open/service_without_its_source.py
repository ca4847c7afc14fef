"""A service that sends the source of its call, which no condition checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import service_calls, services
from trust_widgets.evaluation import Request, identity_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.idle_conditions import why_idle
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    TrustPolicy,
    add_condition,
    example,
    is_meant_to_assume,
    keys_of,
    principals,
)
from trust_widgets.text.budget import remembered_search
from trust_widgets.text.globs import example_text, is_only_wildcards

# Who may hand them a role is decided by iam:PassRole, which never reaches another account.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
_PASSED = ("ec2", "lambda", "ecs-tasks")
_HAS_ITS_OWN_RULE = ("rolesanywhere",)
_ACCOUNT, _ARN = "aws:SourceAccount", "aws:SourceArn"
_STRANGERS = ("999988887777", "444455556666", "888877776666")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Service", "Allow"):
        head = value.partition(".")[0]
        judged = service_calls.is_verified_to_say_its_source(value) and head not in (
            *_PASSED,
            *_HAS_ITS_OWN_RULE,
        )
        if not judged or not is_meant_to_assume(statement) or not is_caller(value):
            continue
        opening = probe_of(policy, path, home)
        stranger = next(account for account in _STRANGERS if account not in home.accounts)
        if opening is None:
            continue
        if _comes_for(opening, value, stranger):
            yield _hit(opening, path, value, stranger, home)
        elif _comes_for(opening, value, ""):
            culprit = culprit_of(opening, lambda other: _comes_for(other, value, ""))  # noqa: B023
            if culprit is not None:
                yield _without_saying(culprit, value)


def _hit(opening: StatementProbe, path: Path, service: str, stranger: str, home: Home) -> Hit:
    """The service is allowed for another account."""
    cause = culprit_of(opening, lambda other: _comes_for(other, service, stranger))
    if cause is None:
        cause = RootCause(path, why_idle(opening.statement))
    return Hit(
        cause.place,
        f"{services.title_of(service)} sends {service_calls.source_keys(service)[0]}, but "
        "this statement does not check it. Another AWS account may be able to make "
        f"{services.title_of(service)} use this role (confused deputy). "
        f"{f'{cause.why} ' if cause.why else ''}Add a condition on "
        f'"{service_calls.source_keys(service)[0]}".',
        callers=(f"the AWS service {service}, acting for account {stranger}",),
        fix=_fix(opening, home),
    )


def _without_saying(culprit: RootCause, service: str) -> Hit:
    """The service is allowed whenever it does not say for whom it comes."""
    return Hit(
        culprit.place,
        f"{culprit.why} {services.title_of(service)} sends the key, so it does not need this "
        "exception. Use an operator that requires the key.",
        callers=(f"the AWS service {service}, without saying for which account",),
        fix=culprit.fix,
    )


def is_caller(service: str) -> bool:
    """Whether a name is one by which services call, and not one of a domain that nobody calls
    by.
    """
    try:
        return identity_of(service).kind == "service"
    except ValueError:
        return False


@remembered_search(512)
def _comes_for(opening: StatementProbe, service: str, account: str) -> bool:
    """Whether the service is allowed when it acts for another account; with `""`, when it does not
    say for which."""
    if not account:
        return _is_allowed(opening, service, {})
    keys = service_calls.source_keys(service)
    for arn in _arns(opening, service.partition(".")[0], account):
        told = {_ACCOUNT: account, "aws:SourceOrgID": "o-octoevil99"}
        if _ARN in keys:
            told[_ARN] = arn
        if _is_allowed(opening, service, told):
            return True
    return False


def _is_allowed(opening: StatementProbe, service: str, context: Mapping[str, str]) -> bool:
    request = Request("sts:AssumeRole", service, opening.role, context, caller_permission="yes")
    return opening.lets_in(request)


def _arns(opening: StatementProbe, head: str, account: str) -> Iterator[str]:
    """ARNs of another account's resource: a plain one, then those that meet the conditions."""
    if head == "s3":
        yield "arn:aws:s3:::octo-evil"
    else:
        yield f"arn:aws:{head}:us-east-1:{account}:resource/other"
    for _, _, value in opening.policy.statements[0].values_of(_ARN):
        parts = str(value).split(":", 5)
        if len(parts) == 6 and is_only_wildcards(parts[4]):
            region = "us-east-1" if "*" in parts[3] else parts[3]
            owner = account if parts[4] else ""
            yield example_text(":".join((*parts[:3], region, owner, parts[5])), run="other")


def _fix(opening: StatementProbe, home: Home) -> Fix | None:
    """The account of the role, if the reader has but one."""
    if len(home.accounts) != 1 or _ACCOUNT.lower() in keys_of(opening.statement):
        return None
    principal = opening.statement.principal
    if principal is None or [kind for kind, _ in principal.kinds] != ["Service"]:
        return None
    if not all(_ACCOUNT in service_calls.source_keys(name) for name in principal.service or ()):
        return None
    edit = add_condition(
        opening.path, opening.statement, "StringEquals", _ACCOUNT, home.accounts[0]
    )
    return Fix(f"Allow only account {home.accounts[0]}", (edit,))


_MACHINE = {"Service": "states.amazonaws.com"}

PRECEDENCE = Precedence(last=80)

PITFALL = Pitfall(
    code="TP313",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="A service without a condition on its source",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine=(
        "When the service uses no role for other accounts. Test the condition first: a service "
        "that does not send the key can no longer assume the role."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    bad=(
        example(_MACHINE),
        example({"Service": "scheduler.amazonaws.com"}),
        example(_MACHINE, condition={"StringNotEquals": {_ACCOUNT: "111122223333"}}),
        example(_MACHINE, condition={"StringEqualsIfExists": {_ACCOUNT: "111122223333"}}),
        example(
            {"Service": "bedrock.amazonaws.com"},
            condition={"ArnLike": {_ARN: "arn:aws:bedrock:*:*:*"}},
        ),
    ),
    good=(
        example(_MACHINE, condition={"StringEquals": {_ACCOUNT: "111122223333"}}),
        example({"Service": "sns.amazonaws.com"}),
        example({"Service": "ec2.amazonaws.com"}),
        example({"Service": "lambda.amazonaws.com"}),
        example({"Service": "transcribe.amazonaws.com"}),
    ),
    home=Home(accounts=("111122223333",)),
)
