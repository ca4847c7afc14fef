"""Shell scripts that call `aws iam create-role` or `update-assume-role-policy`.

https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
"""

from __future__ import annotations

import os
import re

from trust_widgets.readers._records import FileContents, FileRequest, Reader
from trust_widgets.readers._shell import Script
from trust_widgets.readers._shell_roles import (
    COMMAND,
    TRUST,
    roles_of_commands,
    roles_of_files,
)
from trust_widgets.readers._sources import SourceText

TITLE = "A shell script"
_SCRIPT = re.compile(r"\A#!.*\b(?:ba|da|k|z)?sh\b")


def looks(file: str, text: str) -> bool:
    """Whether a text may be such a script."""
    _, ending = os.path.splitext(file)
    if ending not in ("", ".sh", ".bash", ".zsh", ".ksh") and not _SCRIPT.search(text):
        return False
    if COMMAND.search(text):
        return True
    return "<<" in text and bool(TRUST.search(text))


def read(request: FileRequest) -> FileContents | None:
    """The roles that the commands of a script make; `None` for a script without them."""
    here = os.path.dirname(request.source.file)

    def beside(name: str) -> SourceText | None:
        return request.folder.read(os.path.join(here, name))

    script = Script(request.source, beside)
    records = list(roles_of_commands(request, TITLE, script))
    if not records:
        records = list(roles_of_files(request, TITLE, script))
    if records:
        return FileContents(tuple(records))
    return None


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="#!/bin/sh\naws iam create-role --role-name app --assume-role-policy-document "
    '\'{"Version": "2012-10-17", "Statement": []}\'\n',
    file="create.sh",
    source="https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html",
    order=45,
)
