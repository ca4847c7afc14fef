"""aws-guardrails on both of its forms: a CloudFormation template, where it knows a trust policy,
and an IAM document.
"""

import json
import tempfile
from pathlib import Path

from aws_guardrails.validators import validate_file
from serving import cloudformation, document, serve

folder = Path(tempfile.mkdtemp())


def check(text):
    """The issues of the template; those of the document where it is no JSON, which a template can't
    hold.
    """
    policy = document(text)
    path = folder / "document.json"
    path.write_text(text if policy is None else json.dumps(cloudformation(policy)), "utf-8")
    kinds = ("iam",) if policy is None else ("cloudformation",)
    found = [issue for kind in kinds for issue in validate_file(path, kind=kind).issues]
    path.write_text(text, "utf-8")
    found += [
        issue for issue in validate_file(path, kind="iam").issues if issue.code.startswith("JSON")
    ]
    return list({(issue.code, issue.severity, issue.message) for issue in found})


serve(check)
