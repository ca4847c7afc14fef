"""Values of `SAML:aud`: the sign-in endpoints of the partitions, and texts that are none.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.aws.spelling import one_letter_off
from trust_widgets.text.globs import has_wildcard, is_exact, matches

_REGION = re.compile(r"^https://[a-z0-9-]+\.signin\.")
_OF_REGION = re.compile(r"https://(?!sign-?in\.)([a-z0-9-]+)\.")
_ENCRYPTED = re.compile(r"(?<=/saml)/acs/[A-Za-z0-9_-]+$")
# Amazon's own, or so it seems; not those that end with .aws, of which AWS has newer ones.
_LIKE_AMAZONS = re.compile(
    r"(?:[a-z0-9-]+\.)?sign-?in\.(?:[a-z0-9-]+\.)*(?:aws|amazon)[a-z-]*(?:\.[a-z]+)*\.(?!aws$)[a-z]+"
)
_LONGEST_HOST = 253
ENDPOINTS = {
    partition.name: partition.saml_endpoints for partition in PARTITIONS if partition.saml_endpoints
}
"""For each partition, its sign-in endpoints; the usual one first."""
_HOSTS = frozenset(urlsplit(endpoints[0]).netloc for endpoints in ENDPOINTS.values())


def why_no_endpoint(text: str, partition: str) -> str:
    """What a value is that no endpoint of a partition matches; `""` where one may match.

    Args:
        text: a value of a condition, with wildcards or without.
        partition: of the SAML provider.

    Example:
        >>> why_no_endpoint("urn:amazon:webservices", "aws")
        'is the audience of the assertion, which AWS does not compare'
    """
    if partition not in ENDPOINTS or "${" in text:
        return ""
    if text.lower().startswith("urn:"):
        return "is the audience of the assertion, which AWS does not compare"
    everywhere = _REGION.sub("https://signin.", text)
    for name, endpoints in ENDPOINTS.items():
        if name != partition and everywhere in endpoints:
            return f"is the endpoint of another partition, {name}"
    if _slip(text, partition):
        return "is not exactly the endpoint: https, lower case, no slash at the end"
    if _without_path(text, partition):
        return "is an endpoint without its path"
    if _is_near(text):
        return "is not an endpoint, but looks like one"
    return ""


def _slip(text: str, partition: str) -> str:
    """The endpoint that a slip was meant for: another scheme, a slash at the end, capital
    letters.
    """
    plain = re.sub("^(?:https?://)?", "https://", text.strip().lower()).rstrip("/")
    right = any(plain == endpoint or matches(endpoint, plain) for endpoint in ENDPOINTS[partition])
    if right and plain != text:
        return plain
    return ""


def _without_path(text: str, partition: str) -> str:
    """The endpoint of which a text is the host alone, or the host with a path that no endpoint
    has.
    """
    host, _, path = text.partition("://")[2].rstrip("/").partition("/")
    right = f"https://{host.lower()}/saml"
    known = any(right == endpoint or matches(endpoint, right) for endpoint in ENDPOINTS[partition])
    wrong = not path or not f"{path}/".startswith("saml/")
    if known and wrong and is_exact(text):
        return right
    return ""


def _is_near(text: str) -> bool:
    """Whether the host is no endpoint's but one letter off, or a sign-in host at a domain that
    reads like Amazon's.

    Other hosts are none of ours: a program that signs people in may have assertions sent to itself.
    """
    host = _REGION.sub("https://signin.", text.lower()).partition("://")[2].partition("/")[0]
    if has_wildcard(text) or host in _HOSTS or len(host) > _LONGEST_HOST:
        return False
    if _LIKE_AMAZONS.fullmatch(host) is not None:
        return True
    return any(host in one_letter_off(known) for known in _HOSTS)


def endpoint_meant(text: str, partition: str) -> str:
    """The endpoint that was meant; `""` where only the author knows of which region that is."""
    usual, regional = ENDPOINTS[partition][0], _OF_REGION.match(text)
    if _is_near(text) and (regional is None or regional[1] in _regions(partition)):
        endpoint = usual
        if regional:
            endpoint = usual.replace("https://", f"https://{regional[1]}.")
        encrypted = _ENCRYPTED.search(text)
        return f"{endpoint}{encrypted[0] if encrypted else ''}"
    near = _slip(text, partition) or _without_path(text, partition)
    if near or regional:
        return near
    return usual


def _regions(partition: str) -> tuple[str, ...]:
    return next(known.regions for known in PARTITIONS if known.name == partition)
