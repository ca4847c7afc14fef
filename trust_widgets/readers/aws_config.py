"""AWS Config's items of roles: snapshots, histories, and single items.

The trust policy is URL-encoded in `configuration`, which may be a text itself.
https://docs.aws.amazon.com/config/latest/developerguide/example-s3-snapshot.html
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.readers._config_items import TITLE, is_item, item_roles, written_roles
from trust_widgets.readers._json import looks_like_json, root_of
from trust_widgets.readers._records import (
    UPDATE_ROLE,
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
)
from trust_widgets.text.json.strict import Value

_LISTS = ("configurationItems", "ConfigurationItems", "baseConfigurationItems")


def read(request: FileRequest) -> FileContents | None:
    """The roles among the items; `None` for any other document."""
    root = root_of(request)
    if root is None:
        return None
    items = list(_items(root))
    if not items:
        return None
    records: list[RoleRecord] = []
    if all(isinstance(item.plain, str) for item in items):
        records = [record for item in items for record in written_roles(request, item)]
        if records:
            return FileContents(tuple(records))
        return None
    for item in items:
        records += item_roles(request, item)
    return FileContents(tuple(records))


def _items(root: Value) -> Iterator[Value]:
    """The configuration items of a document."""
    if isinstance(root.plain, list):
        if root.plain and all(map(is_item, root.plain)):
            yield from root.items()
        return
    if is_item(root.plain):
        yield root
        return
    if isinstance(root.plain, dict):
        results = root.members().get("Results")
        if results is not None and isinstance(results.plain, list):
            yield from (item for item in results.items() if isinstance(item.plain, str))
            return
        for name in (*_LISTS, "configurationItem"):
            found = root.members().get(name)
            if found is not None:
                yield from found.items() or (found,)
                return


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"configurationItems": [{"resourceType": "AWS::IAM::Role", "resourceName": "app",'
    ' "configuration": {"roleName": "app", "assumeRolePolicyDocument":'
    ' "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D"}}]}',
    file="snapshot.json",
    source="https://docs.aws.amazon.com/config/latest/developerguide/example-s3-snapshot.html",
    edit_instead=UPDATE_ROLE,
)
