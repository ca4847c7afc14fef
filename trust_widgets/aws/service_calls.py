"""What a service's call of `sts:AssumeRole` brings: whose resource it is for, its tags, and the
actions these need.
"""

from __future__ import annotations

from typing import NamedTuple

from trust_widgets.aws._data import load
from trust_widgets.aws.actions import SET_CONTEXT, SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.services import head_of
from trust_widgets.text.globs import fixed_start, has_wildcard


def source_keys(name: str) -> tuple[str, ...]:
    """The keys by which a service is known to say for whose resource it assumes a role; `()` if we
    know none.

    AWS keeps no list of all services, so a key that is missing here may well be sent:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

    Example:
        >>> source_keys("scheduler.amazonaws.com"), source_keys("ec2.amazonaws.com")
        (('aws:SourceAccount', 'aws:SourceArn'), ())
    """
    return _source_keys().get(head_of(name), ())


def _source_keys() -> dict[str, tuple[str, ...]]:
    return {head: tuple(told["keys"]) for head, told in load("source_keys")["services"].items()}


def sends_external_id(name: str) -> bool:
    """Whether AWS's own guide publishes a trust policy with an external ID for a service.

    Example:
        >>> sends_external_id("vmie.amazonaws.com"), sends_external_id("glue.amazonaws.com")
        (True, False)
    """
    return head_of(name) in load("source_keys")["external_ids"]


def is_verified_to_say_its_source(name: str) -> bool:
    """Whether a page of AWS says that a service sends its `source_keys`, so that a role without a
    condition on them is a mistake.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

    Example:
        >>> (
        ...     is_verified_to_say_its_source("states.amazonaws.com"),
        ...     is_verified_to_say_its_source("ec2.amazonaws.com"),
        ... )
        (True, False)
    """
    return head_of(name) in _source_keys()


def why_doubtful(name: str, key: str) -> str:
    """Why a service may not send a key that says for whose resource it assumes a role; `""` if
    nobody doubts it.

    AWS keeps no list of who sends what, so this is never sure:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

    Example:
        >>> why_doubtful("lambda.amazonaws.com", "aws:SourceAccount")
        ''
        >>> why_doubtful("ec2.amazonaws.com", "aws:SourceAccount")
        'Users report that it does not send the key for the role of an instance'
    """
    told = load("source_keys")["doubtful"].get(head_of(name))
    if told and key.lower() in map(str.lower, told["keys"]):
        return str(told["why"])
    return ""


class SourceForm(NamedTuple):
    """The kind of resource that `aws:SourceArn` names when a service assumes a role.

    Args:
        service: in the third part of the ARN.
        resource: the beginning of its last part, `schedule-group/`; `""` for any.
        what: the same in words, `a schedule group`.
        page: the service's guide, which says so.
        last_part: of an example.
    """

    service: str
    resource: str
    what: str
    page: str
    last_part: str

    @property
    def example(self) -> str:
        """An ARN of this kind in the commercial partition."""
        return f"arn:aws:{self.service}:us-east-1:111122223333:{self.last_part}"


def source_form_of(name: str) -> SourceForm | None:
    """The kind of resource that a service calls for; `None` where its guide does not say it.

    Example:
        >>> source_form_of("scheduler.amazonaws.com").example
        'arn:aws:scheduler:us-east-1:111122223333:schedule-group/name'
    """
    known = load("source_keys")["source_arns"].get(head_of(name))
    if known is None:
        return None
    resource = known["resource"]
    last_part = known.get("example", f"{resource}name")
    return SourceForm(known["service"], resource, known["what"], known["source"], last_part)


def is_other_source(name: str, arn: str) -> bool:
    """Whether a value of `aws:SourceArn`, its wildcards read, names no resource that a service
    calls for.

    Example:
        >>> is_other_source("scheduler.amazonaws.com", "arn:aws:events:*:111122223333:rule/*")
        True
        >>> is_other_source("scheduler.amazonaws.com", "arn:aws:scheduler:*:*:schedule-group/*")
        False
    """
    form, parts = source_form_of(name), arn_of(arn)
    if form is None or parts is None or "${" in arn:
        return False
    if not has_wildcard(parts.service) and parts.service != form.service:
        return True
    start = fixed_start(parts.resource)
    if start.startswith(form.resource):
        return False
    may_go_on = has_wildcard(parts.resource)
    return not (may_go_on and form.resource.startswith(start))


POD_IDENTITY = "pods.eks.amazonaws.com"
ROLES_ANYWHERE = "rolesanywhere.amazonaws.com"
ACCOUNT_ACCESS = "account-access.amazonaws.com"
_POD_TAGS = (
    ("eks-cluster-arn", "arn:aws:eks:us-east-1:111122223333:cluster/example"),
    ("eks-cluster-name", "example"),
    ("kubernetes-namespace", "default"),
    ("kubernetes-service-account", "default"),
    ("kubernetes-pod-name", "example-0"),
    ("kubernetes-pod-uid", "b2f6c3de-8888-4777-8666-555555555555"),
)


class Carried(NamedTuple):
    """What each call of a service carries.

    Args:
        actions: what it needs besides `sts:AssumeRole`.
        tags: tags of its session, each with an example.
        always: whether each call has all these tags, and no others.
    """

    actions: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    always: bool = False


NOTHING = Carried()
_CARRIED = {
    # Unless session tags are disabled in the association, which the policy does not show.
    # https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
    POD_IDENTITY: Carried((TAG_SESSION,), _POD_TAGS, always=True),
    # https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    ROLES_ANYWHERE: Carried((TAG_SESSION, SET_SOURCE_IDENTITY), (("x509Subject/CN", "example"),)),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/aam-prepare-roles.html
    ACCOUNT_ACCESS: Carried((SET_CONTEXT,)),
}


def carried_by(name: str) -> Carried:
    """What each call of a service carries, so that it needs more actions than `sts:AssumeRole`.

    https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html

    Example:
        >>> carried_by("pods.eks.amazonaws.com").actions, carried_by("ec2.amazonaws.com").actions
        (('sts:TagSession',), ())
    """
    return _CARRIED.get(name, NOTHING)


EDGE_FUNCTIONS = "edgelambda.amazonaws.com"
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
_COMPANIONS = {EDGE_FUNCTIONS: "lambda.amazonaws.com"}


def companion_of(name: str) -> str:
    """The service that has to be able to assume a role before another one can; `""` for none.

    Example:
        >>> companion_of("edgelambda.amazonaws.com"), companion_of("ec2.amazonaws.com")
        ('lambda.amazonaws.com', '')
    """
    return _COMPANIONS.get(name, "")
