"""The ARN of a resource that a service never calls for: a rule of EventBridge for the Scheduler."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.service_calls import is_other_source, source_form_of
from trust_widgets.aws.services import title_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Home, Statement, TrustPolicy, each_principal, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "aws:sourcearn":
            continue
        services = _services_alone(each.statement)
        if not services:
            continue
        if not all(is_other_source(name, text) for name in services):
            continue
        yield Hit(place, f"{_what_is_sent(services[0], text)} {outcome(each, place)}")


def _services_alone(statement: Statement) -> tuple[str, ...]:
    """The services that a statement names; none if it names other principals too."""
    named = list(each_principal(statement))
    if any(kind != "Service" for _, kind, _ in named):
        return ()
    return tuple(name for _, _, name in named)


def _what_is_sent(service: str, text: str) -> str:
    title = title_of(service) or service
    form = source_form_of(service)
    if form is None:
        return ""
    return (
        f'"{text}" is not {form.what}. {title} sends the ARN of {form.what} as aws:SourceArn. Write'
        f' one like "{form.example}".'
    )


_SCHEDULER = {"Service": "scheduler.amazonaws.com"}
_ANYWHERE = {"Service": "rolesanywhere.amazonaws.com"}
_ACTIONS = ["sts:AssumeRole", TAG_SESSION, SET_SOURCE_IDENTITY]


def _sent_by(service: dict[str, str], arn: str) -> str:
    actions = _ACTIONS if service == _ANYWHERE else "sts:AssumeRole"
    return example(service, actions, {"ArnLike": {"aws:SourceArn": arn}})


PITFALL = Pitfall(
    code="TP255",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A source of another kind",
    find=find,
    needs=condition_on("aws:SourceArn"),
    fine="Never: the guide of the service says for which kind of resource it calls.",
    source=(
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"
    ),
    bad=(
        _sent_by(_SCHEDULER, "arn:aws:events:*:111122223333:rule/*"),
        _sent_by(_SCHEDULER, "arn:aws:scheduler:us-east-1:111122223333:schedule/default/nightly"),
        _sent_by(_ANYWHERE, "arn:aws:rolesanywhere:us-east-1:111122223333:profile/app"),
        _sent_by({"Service": "states.amazonaws.com"}, "arn:aws:s3:::octo-bucket"),
    ),
    good=(
        _sent_by(_SCHEDULER, "arn:aws:scheduler:us-east-1:111122223333:schedule-group/default"),
        _sent_by(_SCHEDULER, "arn:aws:scheduler:*:111122223333:*"),
        _sent_by(_ANYWHERE, "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/*"),
        _sent_by({"Service": "events.amazonaws.com"}, "arn:aws:events:*:111122223333:rule/*"),
    ),
)
