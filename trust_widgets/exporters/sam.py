"""The role as a SAM template, for a function to use.

Its page is the exporter's source below.
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import AWS_NAMES, arguments, identifier, notes
from trust_widgets.policy import Role
from trust_widgets.text.quoting import yaml


def render(role: Role) -> str:
    """A template with the role.

    Example:
        >>> print(render(Role("app")).splitlines()[1])
        Transform: AWS::Serverless-2016-10-31
    """
    said = arguments(role, AWS_NAMES)
    said["AssumeRolePolicyDocument"] = role.trust.to_dict()
    if role.tags:
        said["Tags"] = [{"Key": key, "Value": value} for key, value in role.tags]
    resource = {"Type": "AWS::IAM::Role", "Properties": said}
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {identifier(role.name, "Role"): resource},
    }
    return f"{notes(role, '#')}{yaml.value(template)}\n"


EXPORTER = Exporter(
    title="SAM",
    filename="template.yaml",
    language="yaml",
    render=render,
    note="In a function, write Role: !GetAtt and the name of this resource followed by .Arn.",
    source="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy.html",
)
