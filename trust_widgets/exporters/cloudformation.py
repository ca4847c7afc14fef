"""The role as a CloudFormation template.

Sources:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html
"""

from __future__ import annotations

import re
from typing import Any

from trust_widgets.exporters import Exporter, beside, companions_to_make
from trust_widgets.exporters._references import providers_to_make, with_references
from trust_widgets.policy import Companion, Role
from trust_widgets.text.quoting import yaml
from trust_widgets.text.quoting.shell import comment

ONCE = (
    "Create each OIDC identity provider once per account. If the account already has one, remove it"
    " here and write its ARN in place of the reference."
)


def render(role: Role) -> str:
    """A template with the role and its identity providers.

    What belongs elsewhere, a caller's permission for example, is pointed at in a comment.

    Example:
        >>> print(render(Role("example-app")), end="")
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          ExampleAppRole:
            Type: AWS::IAM::Role
            Properties:
              RoleName: example-app
              AssumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement: []
    """
    companions = companions_to_make(role)
    providers = {_name(number): it for number, it in enumerate(providers_to_make(companions), 1)}
    resources = {name: _provider(it) for name, it in providers.items()}
    references = {
        dict(it.data)["url"]: {"Fn::GetAtt": [name, "Arn"]} for name, it in providers.items()
    }
    properties = _role(role, with_references(role, references))
    resources[_logical_id(role.name)] = {"Type": "AWS::IAM::Role", "Properties": properties}
    notes = [comment(beside(it)) for it in companions if it.kind != "oidc_provider"]
    if providers:
        notes.append(comment(ONCE))
    template = yaml.value({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources})
    return "\n".join((*notes, template)) + "\n"


def _name(number: int) -> str:
    return f"OidcProvider{number if number > 1 else ''}"


def _provider(companion: Companion) -> dict[str, Any]:
    data = dict(companion.data)
    properties = {"Url": data["url"], "ClientIdList": [data["client_id"]]}
    return {"Type": "AWS::IAM::OIDCProvider", "Properties": properties}


def _logical_id(name: str) -> str:
    """Letters and digits only: `"example-app"` becomes `"ExampleAppRole"`.

    Source:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    words = "".join(word[0].upper() + word[1:] for word in re.findall("[A-Za-z0-9]+", name))
    if words.endswith("Role"):
        return words
    return f"{words}Role"


def _role(role: Role, document: dict[str, Any]) -> dict[str, Any]:
    """The properties of the role, those that are not the usual ones only."""
    tags = [{"Key": key, "Value": value} for key, value in role.tags]
    return {
        "RoleName": role.name,
        **({"Path": role.path} if role.path != "/" else {}),
        **({"Description": role.description} if role.description else {}),
        **({"MaxSessionDuration": role.max_session} if role.max_session != 3600 else {}),
        "AssumeRolePolicyDocument": document,
        **({"Tags": tags} if tags else {}),
    }


EXPORTER = Exporter(
    title="CloudFormation",
    filename="role.yaml",
    language="yaml",
    render=render,
    note="A role with a custom name needs --capabilities CAPABILITY_NAMED_IAM.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html",
)
