"""Let the principals of an organization that have one tag assume the role."""

from __future__ import annotations

from trust_widgets.evaluation import Request
from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import PARTNER, ROLE, VENDOR, policy, statement

_ORG, _TAG = "aws:PrincipalOrgID", "aws:PrincipalTag/team"
_OURS, _FOREIGN = "o-a1b2c3d4e5", "o-z9y8x7w6v5"
_WANTED = {"StringEquals": {_ORG: _OURS, _TAG: "payments"}}


def _user(caller: str, organization: str, team: str = "", account: str = PARTNER) -> NamedRequest:
    """A user with a tag, or with none."""
    context = {_ORG: organization, **({_TAG: team} if team else {})}
    user = f"arn:aws:iam::{account}:user/octo-user"
    unknown = frozenset({"aws:PrincipalOrgPaths"})
    request = Request("sts:AssumeRole", user, ROLE, context, unknown, caller_permission="yes")
    return NamedRequest(caller, request)


EXERCISE = Exercise(
    name="team_tag",
    title="Everybody of one team",
    minutes=6,
    brief=(
        f"Users and roles of your organization {_OURS} have a tag team. All of the team payments"
        " may assume this role, in whichever account they are, and nobody else."
    ),
    start=policy(
        statement({"AWS": "*"}, Condition={"StringEquals": {_TAG: "${aws:PrincipalTag/team}"}})
    ),
    must_allow=(_user("a user of the team payments", _OURS, "payments"),),
    must_deny=(
        _user("a user of the team shop", _OURS, "shop"),
        _user("a user of your organization without a tag", _OURS),
        _user("a user of another organization with the tag", _FOREIGN, "payments", VENDOR),
    ),
    narrowest=policy(statement({"AWS": "*"}, Condition=_WANTED)),
    widest=policy(statement({"AWS": "*"}, Condition=_WANTED)),
    hints=(
        "Who decides which tags a user of another organization has?",
        "A tag means something only among those whose tags you control: require both.",
        f'Require "{_ORG}" and "{_TAG}", each with one value.',
    ),
    solutions=(
        policy(statement({"AWS": "*"}, Condition=_WANTED)),
        policy(
            statement(
                {"AWS": "*"},
                Condition={"StringEquals": {_ORG: _OURS}, "StringLike": {_TAG: ["payments"]}},
            )
        ),
        policy(
            statement({"AWS": "*"}, Condition={"StringEquals": {_ORG: _OURS}}),
            statement(
                {"AWS": "*"}, Effect="Deny", Condition={"StringNotEquals": {_TAG: "payments"}}
            ),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
