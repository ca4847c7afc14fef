"""Names and ARNs of the resources in a CloudFormation template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._arns import OF_CLOUDFORMATION, NamedResource, arn_parts
from trust_widgets.readers._cfn_texts import joined
from trust_widgets.readers._tree import (
    Hole,
    Tree,
    concatenated,
    not_told,
    own,
    scalar,
)

if TYPE_CHECKING:
    from trust_widgets.readers._cfn import Template

KINDS = {"AWS::IAM::Role": ("role", "RoleName"), "AWS::IAM::User": ("user", "UserName")}
PROVIDERS = {
    "AWS::IAM::OIDCProvider": "Url",
    "AWS::IAM::SAMLProvider": "Name",
    "Custom::AWSCDKOpenIdConnectProvider": "Url",  # the CDK's own
}
_WITH_ROLE = ("AWS::Serverless::Function", "AWS::Serverless::StateMachine")
_ARNS = ("Arn", "TopicArn")


def _iam(at: Tree, then: str) -> list[Tree]:
    """`arn:aws:iam::ACCOUNT` and what follows it."""
    return [
        scalar("arn:", at.start, at.end),
        own("partition", "AWS::Partition", at.start, at.end),
        scalar(":iam::", at.start, at.end),
        own("account", "AWS::AccountId", at.start, at.end),
        scalar(then, at.start, at.end),
    ]


def attribute_of(template: Template, name: str, attribute: str, at: Tree) -> Tree:
    """What `GetAtt` gives."""
    resource = template.resource(name)
    hole = Hole(f"{name}.{attribute}", at.start, at.end)
    if attribute == "Arn" and resource is None and has_implicit_role(template, name):
        parts = [*_iam(at, ":role/"), own("name", name, at.start, at.end)]
        return replace(concatenated(parts, at.start, at.end), places=None)
    if resource is None or attribute not in _ARNS or name in template.busy:
        return not_told(hole)
    kind = resource.text_at("Type")
    if kind in PROVIDERS:
        return arn_of_provider(template, resource, kind, at)
    named = OF_CLOUDFORMATION.get(kind)
    if named is not None:
        return named_resource(template, name, resource, named, at, "arn")
    if kind not in KINDS:
        return not_told(hole)
    path = resource.text_at("Properties", "Path") or "/"
    parts = [
        *_iam(at, f":{KINDS[kind][0]}{path}"),
        name_of(template, name, resource, kind, at),
    ]
    return replace(concatenated(parts, at.start, at.end), places=None)


def has_implicit_role(template: Template, name: str) -> bool:
    """Whether SAM makes a role of that name: for a function without the property.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
    """
    if name.endswith("Role"):
        function = template.resource(name.removesuffix("Role"))
    else:
        function = None
    if function is None or function.at("Properties", "Role") is not None:
        return False
    return function.text_at("Type") in _WITH_ROLE


def named_resource(
    template: Template, name: str, resource: Tree, kind: NamedResource, at: Tree, what: str
) -> Tree:
    """The name or the ARN of a resource whose name is written in the template."""
    written = resource.at("Properties", kind.cloudformation[1])
    hole = Hole(name if what == "name" else f"{name}.Arn", at.start, at.end)
    if written is None or name in template.busy:
        return not_told(hole)
    template.busy.add(name)
    value = template.value(written)
    template.busy.discard(name)
    if not value.is_text:
        return not_told(hole)
    value = replace(value.placed(at.start, at.end), places=None)
    if what == "name":
        return value
    account = own("account", "AWS::AccountId", at.start, at.end)
    parts = arn_parts(kind, value, account, (at.start, at.end))
    return replace(concatenated(parts, at.start, at.end), places=None)


def name_of(template: Template, name: str, resource: Tree, kind: str, at: Tree) -> Tree:
    written = resource.at("Properties", KINDS[kind][1])
    if written is not None and name not in template.busy:
        template.busy.add(name)
        value = template.value(written)
        template.busy.discard(name)
        if value.is_text:
            return value.placed(at.start, at.end)
    return own("name", name, at.start, at.end)


def arn_of_provider(template: Template, resource: Tree, kind: str, at: Tree) -> Tree:
    written = resource.at("Properties", PROVIDERS[kind])
    if written is not None:
        value = template.value(written)
    else:
        value = own(
            "name",
            "?",
            at.start,
            at.end,
        )
    if value.is_text:
        value = replace(value, value=str(value.value).removeprefix("https://"), places=None)
    if PROVIDERS[kind] == "Url":
        folder = "oidc-provider"
    else:
        folder = "saml-provider"
    return joined([*_iam(at, f":{folder}/"), value], at)
