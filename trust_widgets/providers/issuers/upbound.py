"""Upbound: tokens of the providers that run in a control plane.

https://docs.upbound.io/providers/provider-aws/authentication/
"""

from __future__ import annotations

from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, EVERYTHING, ORGANIZATION, RUN, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.quoting import yaml

_NAME, _NAMED = "[a-z0-9.-]", "lower case letters, digits, - and ."
_ORGANIZATION = Part(
    "organization", "organization {}", "any organization", _NAME, "octo-org", "octo-evil"
)
_CONTROL_PLANE = Part("control_plane", "control plane {}", "any control plane", _NAME, "production")
_PROVIDER = Part("provider", "the provider {}", "any provider", _NAME, "provider-aws")
_FUNCTION = Part("function", "the function {}", "any function", _NAME, "function-discovery")

_HEAD, _IN = "mcp:{organization}/{control_plane}:", " in {control_plane} of {organization}"
GRAMMAR = Grammar(
    forms=(
        Form(
            "provider",
            _HEAD + "provider:{provider}",
            "{provider} of Upbound" + _IN,
            "of a provider",
        ),
        Form(
            "function",
            _HEAD + "function:{function}",
            "{function} of Upbound" + _IN,
            "of a composition function",
        ),
    ),
    parts=(_ORGANIZATION, _CONTROL_PLANE, _PROVIDER, _FUNCTION),
    everything="anything in any control plane of Upbound",
    several="*any provider or function* of Upbound" + _IN,
    several_fault="run_any",
)
_KINDS = {"provider": "A provider", "function": "A function"}


def subject(
    organization: Annotated[str, asked(_ORGANIZATION, "Organization", _NAMED)],
    control_plane: Annotated[str, asked(_CONTROL_PLANE, "Control plane", _NAMED)],
    kind: Annotated[
        Literal["provider", "function"], Question("Tokens of", choices=_KINDS)
    ] = "provider",
    provider: Annotated[str, asked(_PROVIDER, "Provider", _NAMED, "provider")] = "provider-aws",
    function: Annotated[str, asked(_FUNCTION, "Function", _NAMED, "function")] = "",
) -> str:
    """The subject of a token of a control plane.

    Example:
        >>> subject("octo-org", "production")
        'mcp:octo-org/production:provider:provider-aws'
    """
    parts = {"control_plane": control_plane, "provider": provider, "function": function}
    return build(GRAMMAR, kind, organization=organization, **parts)


PROVIDER = Provider(
    title="Upbound",
    owns=lambda issuer: issuer.lower() == "proidc.upbound.io",
    audience="sts.amazonaws.com",
    read=GRAMMAR.read,
    source="https://docs.upbound.io/manuals/packages/providers/aws-auth/aws-oidc/",
    issuer="proidc.upbound.io",
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "A ProviderConfig with the source Upbound and the role's ARN, in a control plane in"
        " Upbound Cloud Spaces."
    ),
    read_on="2026-11-30",
    verified=(
        "The issuer, the audience and the subject of provider-aws are in Upbound's page, and those"
        " of upbound-provider-kubernetes and upbound-provider-helm in its page on all providers."
        " They say that this works only for control planes in Upbound Cloud Spaces. The subject of"
        " a function is known from other people's trust policies. Which characters names can have"
        " is not verified."
    ),
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://docs.upbound.io/manuals/packages/providers/aws-auth/aws-oidc/, read on 2026-11-30."""
    identity = {"webIdentity": {"roleARN": job.role_arn}}
    config = {
        "apiVersion": "aws.upbound.io/v1beta1",
        "kind": "ProviderConfig",
        "metadata": {"name": "default"},
        "spec": {"credentials": {"source": "Upbound", "upbound": identity}},
    }
    note = (
        "Apply this in the control plane with kubectl apply. For namespaced resources"
        " (Crossplane 2), write the apiVersion aws.m.upbound.io/v1beta1 and add a namespace."
    )
    return (
        JobFile(
            "The provider's configuration", note, "provider-config.yaml", yaml.value(config) + "\n"
        ),
    )


FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="free",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=_job,
        job_source="https://docs.upbound.io/manuals/packages/providers/aws-auth/aws-oidc/",
        job_read_on="2026-11-30",
    ),
    wide_parts={
        "everything": EVERYTHING,
        "organization": ORGANIZATION,
        "control_plane": WidePart(noun="the control plane"),
        "run": RUN,
        "provider": ANY,
        "function": ANY,
    },
    why_not={"client": "No common name of it is known: a ProviderConfig requests the token."},
)
