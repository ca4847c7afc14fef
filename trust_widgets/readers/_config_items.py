"""Roles in the items of AWS Config."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.policy import unquoted
from trust_widgets.readers._document import Document
from trust_widgets.readers._json import (
    CONFIG_FIELDS,
    IAM_FIELDS,
    account_in,
    document_in,
    is_role,
    own_account,
    role_of,
    text,
)
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of
from trust_widgets.text.json.strict import Value, read_strictly

TITLE = "AWS Config items"
ROLE = "AWS::IAM::Role"


def is_item(plain: object) -> bool:
    """Whether a value is a configuration item."""
    return isinstance(plain, dict) and "resourceType" in plain and "configuration" in plain


def item_roles(request: FileRequest, item: Value) -> Iterator[RoleRecord]:
    """The role that an item describes, if it does."""
    if not isinstance(item.plain, dict) or item.plain.get("resourceType") != ROLE:
        return
    configuration = item.members().get("configuration")
    if configuration is None:
        return
    if isinstance(configuration.plain, str):
        yield from _written_out(request, item, configuration)
        return
    for fields in (CONFIG_FIELDS, IAM_FIELDS):
        if is_role(configuration, fields):
            record = role_of(request, TITLE, configuration, fields)
            name = record.name or text(item.plain.get("resourceName"))
            account = record.account or own_account(item.plain.get("awsAccountId"))
            yield replace(record, name=name, account=account)
            return


def _written_out(request: FileRequest, item: Value, configuration: Value) -> Iterator[RoleRecord]:
    """An item whose configuration is the text of a JSON object, as the API gives it."""
    outer = unquoted(configuration)
    root = read_strictly(outer.text)
    for fields in (CONFIG_FIELDS, IAM_FIELDS):
        if root is None or not is_role(root, fields):
            continue
        inner = document_in(request.source, root.members()[fields["document"]])
        base = request.source.base
        places = [base + outer.places[place - base] for place in inner.places]
        arn = text(root.plain.get(fields["arn"])) or text(item.plain.get("ARN"))
        name = text(root.plain.get(fields["name"])) or text(item.plain.get("resourceName"))
        account = account_in(arn) or text(item.plain.get("awsAccountId"))
        yield record_of(
            request, TITLE, name, Document(inner.text, places), arn=arn, account=account
        )
        return


def written_roles(request: FileRequest, item: Value) -> Iterator[RoleRecord]:
    """The role of an item that is written out as a text, as `select-resource-config` answers."""
    root = read_strictly(str(item.plain))
    if root is None or not isinstance(root.plain, dict):
        return
    configuration = root.members().get("configuration")
    if configuration is None or root.plain.get("resourceType", ROLE) != ROLE:
        return
    start = request.source.base + item.start
    for fields in (CONFIG_FIELDS, IAM_FIELDS):
        if not is_role(configuration, fields):
            continue
        inner = document_in(request.source, configuration.members()[fields["document"]])
        places = [start] * (len(inner.text) + 1)  # it is all on one line
        plain = configuration.plain
        arn = text(plain.get(fields["arn"])) or text(root.plain.get("arn"))
        name = text(plain.get(fields["name"])) or text(root.plain.get("resourceName"))
        account = account_in(arn) or text(root.plain.get("accountId"))
        document = Document(inner.text, places)
        yield record_of(request, TITLE, name, document, arn=arn, account=account)
        return
