"""Attributes of resources and data sources that are known before anything is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._arns import OF_TERRAFORM, arn_parts
from trust_widgets.readers._hcl.accounts import marked, provider_of
from trust_widgets.readers._hcl.files import template_of
from trust_widgets.readers._hcl.policy_document import policy_of_data
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._tree import (
    Hole,
    Tree,
    concatenated,
    mapped,
    not_told,
    own,
    scalar,
)

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.found import Found
    from trust_widgets.readers._hcl.module import Module

# What of the role's own a data source gives.
# https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity
_OWN = {
    ("aws_caller_identity", "account_id"): "account",
    ("aws_caller_identity", "id"): "account",
    ("aws_organizations_organization", "id"): "organization",
    ("aws_partition", "partition"): "partition",
    ("aws_partition", "id"): "partition",
    ("aws_partition", "dns_suffix"): "suffix",
    ("aws_region", "name"): "region",
    ("aws_region", "region"): "region",
    ("aws_region", "id"): "region",
}
_WITH_ARN = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}


def attribute_of_data(
    module: Module,
    key: tuple[str, ...],
    found: Found | None,
    attribute: str,
    hole: Hole,
    names: Mapping[str, Tree],
) -> Tree:
    """An attribute of a data source."""
    kind = key[0]
    about = _OWN.get((kind, attribute))
    if about == "account":
        return _account(module, found, hole.expression, hole)
    if about is not None:
        return own(about, hole.expression, hole.start, hole.end)
    if kind == "aws_iam_policy_document" and found is not None:
        if attribute in ("json", "minified_json"):
            return policy_of_data(found.parsed(), module.scope(found, names))
    if kind == "aws_service_principal" and attribute == "name" and found is not None:
        service = _told(module, found, "service_name", hole, names)
        dot = scalar(".", hole.start, hole.end)
        suffix = own("suffix", hole.expression, hole.start, hole.end)
        made = concatenated([service, dot, suffix], hole.start, hole.end)
        return replace(made, places=None)
    if kind == "template_file" and attribute == "rendered" and found is not None:
        return _filled(module, found, hole, names)
    if kind == "local_file" and attribute == "content" and found is not None:
        return _told(module, found, "content", hole, names)
    if found is None:
        return not_told(hole)
    if kind == "aws_iam_openid_connect_provider" and attribute in ("arn", "id"):
        url = _host(_told(module, found, "url", hole, names))
        if url.is_text:
            return _provider(module, found, "oidc-provider/", url, hole)
    return _told(module, found, attribute, hole, names)


def attribute_of_resource(
    module: Module,
    key: tuple[str, ...],
    found: Found,
    attribute: str,
    hole: Hole,
    names: Mapping[str, Tree],
) -> Tree:
    """An attribute of a resource."""
    kind = key[0]
    if kind in _WITH_ARN and attribute == "arn":
        return _arn(module, key, found, hole, names)
    if kind in _WITH_ARN and attribute in ("name", "id"):
        return _name(module, key, found, hole, names)
    if kind == "aws_iam_openid_connect_provider" and attribute in ("url", "arn", "id"):
        url = _host(_told(module, found, "url", hole, names))
        if attribute == "url":
            return url
        return _provider(module, found, "oidc-provider/", url, hole)
    if kind == "aws_iam_saml_provider" and attribute in ("arn", "id"):
        name = _told(module, found, "name", hole, names)
        return _provider(module, found, "saml-provider/", name, hole)
    named = OF_TERRAFORM.get(kind)
    if named is not None and attribute == "arn":
        name = _told(module, found, named.terraform[1], hole, names)
        if not name.is_text:
            return not_told(hole)
        account = _account(module, found, "own account", hole)
        parts = arn_parts(named, name, account, (hole.start, hole.end))
        return replace(concatenated(parts, hole.start, hole.end), places=None)
    return _told(module, found, attribute, hole, names)


def _told(
    module: Module, found: Found, attribute: str, hole: Hole, names: Mapping[str, Tree]
) -> Tree:
    """An attribute that the block itself contains."""
    scope: Scope = module.scope(found, names)
    value = module.value_of(found.parsed().attribute(attribute), scope)
    if value is None:
        return not_told(hole)
    return value


def _arn(
    module: Module, key: tuple[str, ...], found: Found, hole: Hole, names: Mapping[str, Tree]
) -> Tree:
    """The ARN of a role, a user or a group, which are in the role's own account."""
    path = module.value_of(
        found.parsed().attribute("path"),
        module.scope(found, names),
    )
    if path is None or path.kind != "scalar" or path.value is None:
        path = scalar("/", hole.start, hole.end)
    name = _name(module, key, found, hole, names)
    parts = [*_iam(module, found, hole, f":{_WITH_ARN[key[0]]}"), path, name]
    return replace(concatenated(parts, hole.start, hole.end), places=None)


def _account(module: Module, found: Found | None, expression: str, hole: Hole) -> Tree:
    """The account of a block's provider."""
    block = None
    if found is not None:
        block = found.parsed()
    provider = provider_of(module, block)
    made = own("account", expression, hole.start, hole.end)
    noted = made.holes[0]._replace(reason=marked(provider))
    return replace(made, holes=(noted,))


def _filled(module: Module, found: Found, hole: Hole, names: Mapping[str, Tree]) -> Tree:
    """What `template_file` makes of its template."""
    text = _told(module, found, "template", hole, names)
    scope = module.scope(found, names)
    values = module.value_of(
        found.parsed().attribute("vars"),
        scope,
    )
    if values is None:
        values = mapped((), hole.start, hole.end)
    if not text.known_text or text.places is None:
        return not_told(hole)
    if values.kind != "object":
        return not_told(hole)
    chars = Chars(text.known_text, text.places)
    made = template_of(module, chars, values)
    if made is None:
        return not_told(hole)
    return made


def _iam(module: Module, found: Found, hole: Hole, then: str) -> list[Tree]:
    """`arn:aws:iam::ACCOUNT` and what follows it."""
    place = hole.start, hole.end
    return [
        scalar("arn:", *place),
        own("partition", "partition", *place),
        scalar(":iam::", *place),
        _account(module, found, "own account", hole),
        scalar(then, *place),
    ]


def _name(
    module: Module, key: tuple[str, ...], found: Found, hole: Hole, names: Mapping[str, Tree]
) -> Tree:
    """A name; one that is known only after apply is the role's own all the same."""
    name = _told(module, found, "name", hole, names)
    if name.kind == "scalar" and name.value is not None:
        return name
    return own("name", ".".join(key), hole.start, hole.end)


def _host(url: Tree) -> Tree:
    """A URL as IAM keeps it, without its scheme."""
    if not url.is_text:
        return url
    return replace(url, value=str(url.value).removeprefix("https://"), places=None)


def _provider(module: Module, found: Found, kind: str, name: Tree, hole: Hole) -> Tree:
    parts = [*_iam(module, found, hole, f":{kind}"), name]
    return replace(concatenated(parts, hole.start, hole.end), places=None)
