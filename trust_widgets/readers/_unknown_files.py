"""Files that no reader knows: a policy itself, a program that makes roles, or none of these."""

from __future__ import annotations

import os
import re

from trust_widgets.policy import decoded, is_encoded, is_written_out, unquoted
from trust_widgets.readers._document import Document
from trust_widgets.readers._json import (
    is_other_document,
    looks_like_json,
    root_of,
)
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    record_of,
)

POLICY = "A trust policy"
_JSON_SUFFIXES = (".json", ".txt", ".policy", "")


def policy_itself(request: FileRequest) -> FileContents | None:
    """A file that is a trust policy, perhaps URL-encoded or as a JSON string."""
    source = request.source
    text = source.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if is_encoded(text[start : start + 3]):
        inner = decoded(
            text[start:].rstrip(),
            range(start, len(text) + 1),
        )
        return _as_policy(
            request,
            Document(inner.text, [source.base + p for p in inner.places]),
        )
    root = root_of(request)
    if root is not None and isinstance(root.plain, str) and is_written_out(root.plain):
        inner = unquoted(root)
        return _as_policy(
            request,
            Document(inner.text, [source.base + p for p in inner.places]),
        )
    if root is not None and is_other_document(root.plain):
        return None
    suffix = os.path.splitext(source.file)[1].lower()
    if looks_like_json(source.file, text) or suffix in _JSON_SUFFIXES:
        places = range(source.base, source.base + len(text) + 1)
        return _as_policy(request, Document(text, places))
    return None


def _as_policy(request: FileRequest, document: Document) -> FileContents:
    return FileContents((record_of(request, POLICY, "", document, is_role=False),))


_PROGRAMS = (
    (
        re.compile(r"cdktf|@cdktf/"),
        "a CDK for Terraform program, which is not run. Run `cdktf synth`, and check its output",
    ),
    (
        re.compile(r"aws-cdk|aws_cdk|awscdk|amazon\.awscdk|Amazon\.CDK"),
        "a CDK program, which is not run. Run `cdk synth`, and check the templates in cdk.out",
    ),
    (
        re.compile(r"pulumi", re.IGNORECASE),
        "a Pulumi program, which is not run. Check the output of `aws iam get-role`",
    ),
)


_SOURCES = (".py", ".ts", ".js", ".go", ".java", ".cs")


def program_of(request: FileRequest) -> str:
    """What is said of a program that makes roles when it is run; `""` for any other file."""
    if request.source.file.lower().endswith(_SOURCES):
        for pattern, message in _PROGRAMS:
            if pattern.search(request.source.text):
                return message
    return ""


_KINDS = {
    ".tf": "Terraform",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".py": "Python",
    ".ts": "TypeScript",
    ".md": "Markdown",
    ".json": "JSON",
}


def no_role(request: FileRequest) -> FileContents:
    suffix = os.path.splitext(request.source.file)[1].lower()
    about = "trust-widgets does not read files of this kind"
    if suffix in _KINDS:
        about = f"it is {_KINDS[suffix]}, but has no trust policy"
    message = program_of(request) or f"no role in this file: {about}"
    return FileContents(notes=(Note(request.source.at(0), message),))
