"""Subjects of Fly.io, Spacelift, Vercel, Pulumi Cloud, Scalr, Codefresh and Upbound, as each
vendor's page writes them.
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers import (
    codefresh,
    fly,
    pulumi,
    scalr,
    spacelift,
    upbound,
    vercel,
)

SPACELIFT = "space:production:stack:shop:run_type:TRACKED:scope:write"
# https://docs.spacelift.io/integrations/cloud-providers/oidc/subject-template
AT_PATH = (
    "space:us-east-1:space_path:/root/production/us-east-1:stack:shop:run_type:TRACKED:scope:write"
)
VERCEL = "owner:octo-org:project:shop:environment:production"
DEPLOYED = "pulumi:deploy:org:octo-org:project:core:stack:dev:operation:preview:scope:write"
LOGIN = "pulumi:environments:pulumi.organization.login:octo-org"
YAML = "pulumi:environments:org:octo-org:env:<" + "yaml>"
SCALR = "account:octo-org:environment:Environment-A:workspace:shop"
BUILDS = "account:5f30ebd30312313ae7008:pipeline:64f0c40800aafd1455566"
GIT = ":scm_repo_url:https://github.com/octo-org/shop:scm_user_name:octo-user:scm_ref:patch-3"
MCP = "mcp:octo-org/production:provider:provider-aws"


def test_subjects_as_the_vendors_pages_write_them() -> None:
    """One of each kind."""
    assert spacelift.subject("production", "shop") == SPACELIFT
    path = {"kind": "path", "space_path": "/root/production/us-east-1"}
    assert spacelift.subject("us-east-1", "shop", **path) == AT_PATH  # type: ignore[arg-type]
    assert vercel.subject("octo-org", "shop", "production") == VERCEL
    assert pulumi.subject("octo-org", "deployment", "core", "dev", "preview") == DEPLOYED
    assert (
        pulumi.subject("octo-org", "environment", "core", environment="dev")
        == "pulumi:environments:org:octo-org:env:core/dev"
    )
    assert pulumi.subject("octo-org", "stack_configuration") == YAML
    attributes = "currentEnvironment.name:core/dev:pulumi.user.login:octo-user"
    assert (
        pulumi.subject("octo-org", "attributes", attributes=attributes) == f"{LOGIN}:{attributes}"
    )
    assert scalr.subject("octo-org", "Environment-A", "shop") == SCALR
    git = {
        "repository": "github.com/octo-org/shop",
        "scm_user_name": "octo-user",
        "scm_ref": "patch-3",
    }
    assert (
        codefresh.subject("5f30ebd30312313ae7008", "64f0c40800aafd1455566", **git) == BUILDS + GIT
    )  # type: ignore[arg-type]
    assert upbound.subject("octo-org", "production") == MCP
    assert fly.subject("octo-org", "shop", "blue-moon-7") == "octo-org:shop:blue-moon-7"


@pytest.mark.parametrize(
    ("name", "pattern", "words", "faults", "stranger"),
    [
        (
            "spacelift",
            SPACELIFT,
            "Spacelift runs of stack shop in space production, of type TRACKED, with write scope",
            (),
            False,
        ),
        (
            "spacelift",
            AT_PATH,
            (
                "Spacelift runs of stack shop in space us-east-1 at /root/production/us-east-1, of"
                " type TRACKED, with write scope"
            ),
            (),
            False,
        ),
        # In Spacelift's page too: one stack, in whichever form.
        (
            "spacelift",
            "*:stack:oidc-is-awesome:*",
            "Spacelift runs of stack oidc-is-awesome in any space, of any type, with any scope",
            ("space_any", "run_type_any", "scope_any"),
            False,
        ),
        # Both are in the trust policy of Spacelift's page.
        (
            "spacelift",
            "space:production:*",
            "any Spacelift run in space production",
            ("caller_type_any", "caller_any", "run_type_any", "scope_any", "run_any"),
            False,
        ),
        (
            "spacelift",
            "*:space_path:/root/production/*",
            (
                "Spacelift runs of any stack or module of any name in any space at any path whose"
                " name begins with /root/production/, of any type, with any scope"
            ),
            ("space_any", "caller_type_any", "caller_any", "run_type_any", "scope_any"),
            False,
        ),
        # As Fly.io's page has it, whatever machine of the app asks.
        (
            "fly",
            "octo-org:shop:*",
            "any Fly.io machine of app shop of organization octo-org",
            (),
            False,
        ),
        (
            "fly",
            "octo-org:*",
            "any Fly.io machine of any app of organization octo-org",
            ("app_any",),
            False,
        ),
        (
            "vercel",
            "owner:octo-org:project:*:environment:production",
            "Vercel deployments in environment production of any project of team octo-org",
            ("project_any",),
            False,
        ),
        (
            "vercel",
            "owner:octo*:project:shop:environment:production",
            (
                "Vercel deployments in environment production of project shop of any team whose"
                " name begins with octo"
            ),
            ("team_unterminated",),
            True,
        ),
        (
            "pulumi",
            "pulumi:deploy:org:octo-org:project:core:*",
            (
                "Pulumi deployments with any operation of any stack in project core of organization"
                " octo-org"
            ),
            ("stack_any", "operation_any"),
            False,
        ),
        (
            "pulumi",
            "pulumi:environments:org:octo-org:env:core/dev",
            "environment dev of Pulumi ESC in project core of organization octo-org",
            (),
            False,
        ),
        (
            "pulumi",
            "pulumi:environments:org:octo-org:env:dev",
            "environment dev of Pulumi ESC in the old default project of organization octo-org",
            (),
            False,
        ),
        (
            "pulumi",
            YAML,
            "any environment of Pulumi ESC that a stack of organization octo-org uses",
            ("environment_any",),
            False,
        ),
        (
            "pulumi",
            f"{LOGIN}:*",
            "Pulumi ESC environments of organization octo-org with any attributes",
            ("attributes_any",),
            False,
        ),
        (
            "pulumi",
            "pulumi:*",
            "anything in Pulumi Cloud of any organization",
            ("everything", "organization_any", "run_any"),
            True,
        ),
        (
            "scalr",
            "account:octo-org:environment:prod*:workspace:*",
            (
                "Scalr runs of any workspace in any environment whose name begins with prod of"
                " account octo-org"
            ),
            ("environment_unterminated", "workspace_any"),
            False,
        ),
        (
            "scalr",
            "account:*:environment:prod:workspace:shop",
            "Scalr runs of workspace shop in environment prod of any account",
            ("account_any",),
            True,
        ),
        (
            "codefresh",
            BUILDS + GIT,
            (
                "Codefresh builds of pipeline 64f0c40800aafd1455566 of account"
                " 5f30ebd30312313ae7008 for branch or tag patch-3 of github.com/octo-org/shop,"
                " pushed by Git user octo-user"
            ),
            (),
            False,
        ),
        (
            "codefresh",
            f"{BUILDS}:*",
            (
                "any Codefresh build of pipeline 64f0c40800aafd1455566 of account"
                " 5f30ebd30312313ae7008"
            ),
            ("run_any",),
            False,
        ),
        (
            "codefresh",
            f"{BUILDS}{GIT}:scm_pull_request_target_branch:main",
            (
                "Codefresh builds of pipeline 64f0c40800aafd1455566 of account"
                " 5f30ebd30312313ae7008 for pull requests of branch or tag patch-3 to branch main"
                " of github.com/octo-org/shop, by Git user octo-user"
            ),
            ("pull_request",),
            False,
        ),
        (
            "upbound",
            MCP,
            "the provider provider-aws of Upbound in control plane "
            "production of organization octo-org",
            (),
            False,
        ),
        (
            "upbound",
            "mcp:octo-org/*",
            "any provider or function of Upbound in any control plane of organization octo-org",
            ("control_plane_any", "run_any"),
            False,
        ),
        (
            "upbound",
            "mcp:*:provider:provider-aws",
            "the provider provider-aws of Upbound in any control plane of any organization",
            ("organization_any", "control_plane_any"),
            True,
        ),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    name: str, pattern: str, words: str, faults: tuple[str, ...], stranger: bool
) -> None:
    """Each way of being wide has its name, and who else gets in is said."""
    reading = PROVIDERS[name].read(pattern)
    assert reading is not None
    assert (reading.words, reading.faults, reading.stranger) == (words, faults, stranger)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("spacelift", "space:production"),
        ("spacelift", "space:production:stack:shop:run_type:tracked:scope:write"),
        ("spacelift", "space:production:policy:shop:run_type:TRACKED:scope:write"),
        (
            "spacelift",
            "space:us-east-1:space_path:production:stack:shop:run_type:TRACKED:scope:write",
        ),
        ("vercel", "team:octo-org:project:shop:environment:production"),
        ("vercel", "owner:Octo-Org:project:shop:environment:production"),
        ("vercel", "owner:octo-org:project:shop"),
        (
            "pulumi",
            "pulumi:deploy:org:octo-org:project:core:stack:dev:operation:preview:scope:read",
        ),
        ("pulumi", "pulumi:deploy:org:octo-org:project:core:stack:dev:operation:up:scope:write"),
        ("pulumi", "pulumi:environments:org:octo-org:env:a/b/c"),
        ("pulumi", LOGIN),
        ("scalr", "account:octo-org:environment:prod"),
        ("scalr", "account:octo-org:workspace:shop"),
        ("codefresh", "account:5f30ebd3"),
        ("codefresh", "account:5F30EBD3:pipeline:64f0c408"),
        ("codefresh", "account:5f30ebd3:pipeline:64f0c408:scm_ref:main"),
        ("upbound", "mcp:octo-org:provider:provider-aws"),
        ("upbound", "mcp:octo-org/production:provider-aws"),
    ],
)
def test_what_no_token_has_as_its_subject(name: str, pattern: str) -> None:
    """A part missing, a value that there is none of, another case, a part too many."""
    assert PROVIDERS[name].read(pattern) is None


@pytest.mark.parametrize("name", ["spacelift", "vercel", "pulumi", "scalr", "codefresh", "upbound"])
@pytest.mark.parametrize(
    "pattern",
    ["", ":", "<script>alert(1)</script>", "owner:‮evil", "space:\x00:", "repo:octo-org/app:*"],
)
def test_hostile_text_is_nobodys_subject(name: str, pattern: str) -> None:
    """Markup, a change of direction, a null, another vendor's subject."""
    assert PROVIDERS[name].read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("demo.app.spacelift.io", "spacelift"),
        ("demo.app.us.spacelift.io", "spacelift"),
        ("app.spacelift.io", None),
        ("demo.app.spacelift.io.evil.example", None),
        ("oidc.vercel.com", "vercel"),
        ("oidc.vercel.com/octo-org", "vercel"),
        ("oidc.vercel.com/octo-org/evil", None),
        ("oidc.vercel.com.evil.example/octo-org", None),
        ("api.pulumi.com/oidc", "pulumi"),
        ("api.pulumi.com", None),
        ("scalr.io", "scalr"),
        ("octo-org.scalr.io", None),
        ("oidc.codefresh.io", "codefresh"),
        ("proidc.upbound.io", "upbound"),
        ("evil.example/proidc.upbound.io", None),
    ],
)
def test_whose_an_issuer_is(issuer: str, name: str | None) -> None:
    """And what looks like one is nobody's."""
    assert provider_of(issuer) is (PROVIDERS[name] if name else None)


@pytest.mark.parametrize(
    ("name", "issuer", "required", "shared"),
    [
        ("spacelift", "demo.app.spacelift.io", None, False),
        ("vercel", "oidc.vercel.com", "oidc.vercel.com:aud", True),
        ("vercel", "oidc.vercel.com/octo-org", None, False),
        ("pulumi", "api.pulumi.com/oidc", "api.pulumi.com/oidc:aud", True),
        ("scalr", "scalr.io", "scalr.io:sub", True),
        ("codefresh", "oidc.codefresh.io", "oidc.codefresh.io:sub", True),
        ("upbound", "proidc.upbound.io", "proidc.upbound.io:sub", True),
    ],
)
def test_what_aws_demands(name: str, issuer: str, required: str | None, shared: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html"""
    provider = PROVIDERS[name]
    assert (provider.required_key(issuer), provider.is_shared(issuer)) == (required, shared)


def test_what_does_not_fit_is_refused() -> None:
    """With the part's name and a value that does; a part that a kind lacks is missed."""
    with pytest.raises(ValueError, match=r"'octo\*' is no account; 'octo-org' is one"):
        scalr.subject("octo*", "production", "shop")
    with pytest.raises(ValueError, match=r"'core/dev' is no environment"):
        pulumi.subject("octo-org", "default_project", environment="core/dev")
    with pytest.raises(ValueError, match="'push' takes other parts"):
        codefresh.subject(
            "5f30ebd3", "64f0c408", repository="github.com/octo-org/shop", scm_ref="main"
        )
