"""Terraform's own files: `resource "aws_iam_role"` with `jsonencode`, a heredoc, or a data source.

Values that the files do not say stay unresolved; nothing is run and nothing is downloaded.
"""

from __future__ import annotations

import os
import re

from trust_widgets.readers._hcl.roles import roles_of_file
from trust_widgets.readers._records import FileContents, FileRequest, Reader

TITLE = "Terraform"
_LOOKS = re.compile(r"^[ \t]*(?:resource|data|module|variable|locals|output)\b[^\n:=]*\{", re.M)


def looks(file: str, text: str) -> bool:
    """Whether a text is Terraform's language."""
    if file.endswith((".tf", ".tofu", ".hcl")):
        return True
    return not os.path.splitext(file)[1] and bool(_LOOKS.search(text))


def read(request: FileRequest) -> FileContents:
    """The roles of a file, with the values that the files next to it give."""
    return roles_of_file(request, TITLE)


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example='resource "aws_iam_role" "app" {\n  assume_role_policy = jsonencode({\n'
    '    Version   = "2012-10-17"\n    Statement = []\n  })\n}\n',
    file="main.tf",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role",
    order=10,
)
