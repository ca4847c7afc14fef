"""The subjects of pods on EKS, built and read back, and what patterns for them admit.

Kubernetes writes them system:serviceaccount:NAMESPACE:NAME, in names without a colon:
https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.eks import names_in, read, subject

NAME = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
CLUSTER = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


@given(NAME, NAME.filter(lambda name: name != "default"))
def test_a_subject_that_was_built_is_read_back(namespace: str, account: str) -> None:
    """It admits one service account, which is no fault."""
    text = subject(namespace, account)
    reading = read(text)
    assert names_in(text) == (namespace, account) and reading is not None
    assert reading.words == f"pods of service account {account} in namespace {namespace}"
    assert reading.faults == reading.wide == ()


@given(st.text() | st.text("system:ervicacount:*?[a-", max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    """Nothing raises; the wide parts stand in the words."""
    reading = read(text)
    assert reading is None or all(part in reading.words for part in reading.wide)


SPELT = ("system", ":", "serviceaccount", ":", "shop", ":", "cart")
PATTERN = st.tuples(
    *(st.sampled_from([part, part, "*", f"{part[:2]}*", f"*{part[-2:]}", ""]) for part in SPELT)
)


@settings(max_examples=400)
@given(PATTERN)
def test_what_admits_a_subject_is_read_and_its_faults_are_told(parts: tuple[str, ...]) -> None:
    """Judged by matching: `*` is any text, `?` any character.

    Other names get in only where a fault says so.
    """
    pattern = "".join(parts)
    like = re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))
    reading = read(pattern)
    admitted = [
        (namespace, account)
        for namespace in ("shop", "sh-op")
        for account in ("cart", "ca-rt")
        if like.fullmatch(f"system:serviceaccount:{namespace}:{account}")
    ]
    if admitted:
        assert reading is not None
        kinds = " ".join(reading.faults)
        assert "namespace" in kinds or len({namespace for namespace, _ in admitted}) == 1
        assert "service_account" in kinds or len({account for _, account in admitted}) == 1


@pytest.mark.parametrize(
    ("pattern", "words", "faults"),
    [
        ("shop:*", "pods of any service account in namespace shop", ("service_account_any",)),
        ("*:cart", "pods of service account cart in any namespace", ("namespace_any",)),
        (
            "shop:cart*",
            "pods of any service account whose name begins with cart in namespace shop",
            ("service_account_unterminated",),
        ),
        (
            "shop-*:cart",
            "pods of service account cart in any namespace whose name begins with shop-",
            ("namespace_unterminated",),
        ),
        (
            "shop*",
            "pods of any service account in any namespace whose name begins with shop",
            ("namespace_unterminated", "service_account_any"),
        ),
        (
            "shop:default",
            "pods of service account default in namespace shop",
            ("service_account_default",),
        ),
        ("*", "any pod of the EKS cluster", ("namespace_any", "service_account_any")),
        ("*:*", "any pod of the EKS cluster", ("namespace_any", "service_account_any")),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...]
) -> None:
    """Each way of being wide has its name."""
    reading = read(f"system:serviceaccount:{pattern}")
    assert reading is not None and (reading.words, reading.faults) == (words, faults)


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        ("*", ("namespace_any", "service_account_any")),
        ("system:*", ("namespace_any", "service_account_any")),
        ("*:cart", ("namespace_any",)),
        ("*cart", ("namespace_any", "service_account_any")),
        ("*:shop:cart", ()),
    ],
)
def test_a_wildcard_in_the_part_that_all_share(pattern: str, faults: tuple[str, ...]) -> None:
    """A `*` runs across colons, so that it may leave a name open or not."""
    reading = read(pattern)
    assert reading is not None and reading.faults == faults


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "?",
        "shop:cart",
        "system:serviceaccount:shop",
        "system:serviceaccount::cart",
        "system:serviceaccount:shop:",
        "system:serviceaccount:shop:cart:web",
        "system:serviceaccount:Shop:cart",
        "system:serviceaccount:shop:ca_rt",
        "system:serviceaccounts:shop:cart",
        "repo:octo-org/app:*",
    ],
)
def test_what_no_pod_has_as_its_subject(pattern: str) -> None:
    """Without its prefix or a name, with one too many, or with a letter that Kubernetes refuses."""
    assert read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        (CLUSTER, True),
        ("oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLED539D4633E53DE1B71EXAMPLE", True),
        ("oidc.eks.us-gov-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE", True),
        ("oidc-eks.eu-central-1.api.aws/id/EXAMPLED539D4633E53DE1B71EXAMPLE", True),
        ("oidc.eks.eu-central-1.amazonaws.com", False),
        (
            "oidc.eks.eu-central-1.amazonaws.com.evil.example/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
            False,
        ),
        (
            "evil.example/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
            False,
        ),
        ("token.actions.githubusercontent.com", False),
    ],
)
def test_issuers_of_eks(issuer: str, known: bool) -> None:
    """Each partition's, and those of clusters with IPv6."""
    assert (provider_of(issuer) is PROVIDERS["eks"]) is known


@pytest.mark.parametrize(
    ("pattern", "sentence", "wide"),
    [
        ("shop:cart", "Pods of service account cart in namespace shop can assume this role.", ()),
        (
            "shop:*",
            "Pods of any service account in namespace shop can assume this role.",
            ("any service account",),
        ),
    ],
)
def test_who_gets_in(pattern: str, sentence: str, wide: tuple[str, ...]) -> None:
    """The provider's words are those of the summary; pods of a cluster of one's own are no
    strangers.
    """
    condition = tw.Condition("StringLike", f"{CLUSTER}:sub", (f"system:serviceaccount:{pattern}",))
    principal = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{CLUSTER}")
    statement = tw.Statement("Allow", principal, "sts:AssumeRoleWithWebIdentity", (condition,))
    (found,) = tw.who_gets_in(tw.TrustPolicy((statement,)))
    assert (found.sentence, found.wide, found.stranger) == (sentence, wide, False)
