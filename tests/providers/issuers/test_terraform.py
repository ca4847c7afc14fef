"""HCP Terraform's subjects, and those of a server of one's own.

The examples are those of HashiCorp's page on workload identity tokens, with other names.
https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.hcp_terraform import PROVIDER, subject

RUN = "organization:octo-org:project:Default Project:workspace:shop:run_phase:apply"
STACK = "organization:octo-org:project:web:stack:shop:deployment:production:operation:plan"
TEST = "organization:octo-org:module:terraform-aws-vpc:operation:test_run"


def test_the_three_kinds_of_subject() -> None:
    """A run of a workspace, a deployment of a stack, a test of a module."""
    assert subject("octo-org", project="Default Project", workspace="shop") == RUN
    stack = subject(
        "octo-org", "stack", project="web", stack="shop", deployment="production", operation="plan"
    )
    assert stack == STACK
    assert subject("octo-org", "module_test", module="terraform-aws-vpc") == TEST


@pytest.mark.parametrize(
    ("pattern", "words", "faults", "stranger"),
    [
        (
            RUN,
            (
                "HCP Terraform runs in the apply phase of workspace shop in project Default Project"
                " of organization octo-org"
            ),
            (),
            False,
        ),
        (
            STACK,
            (
                "HCP Terraform runs in the plan operation for deployment production of stack shop"
                " in project web of organization octo-org"
            ),
            (),
            False,
        ),
        (
            TEST,
            "HCP Terraform tests of module terraform-aws-vpc of organization octo-org",
            (),
            False,
        ),
        (
            # As HashiCorp's pages write it.
            "organization:octo-org:project:*:workspace:*:run_phase:*",
            (
                "HCP Terraform runs in any phase of any workspace in any project of organization"
                " octo-org"
            ),
            ("project_any", "workspace_any", "run_phase_any"),
            False,
        ),
        (
            "organization:octo-org:project:web:workspace:shop:run_phase:*",
            (
                "HCP Terraform runs in any phase of workspace shop in project web of organization"
                " octo-org"
            ),
            ("run_phase_any",),
            False,
        ),
        (
            "organization:octo-org:*",
            "any HCP Terraform run of organization octo-org",
            ("run_any",),
            False,
        ),
        (
            "organization:octo*:project:web:workspace:shop:run_phase:apply",
            (
                "HCP Terraform runs in the apply phase of workspace shop in project web of any"
                " organization whose name begins with octo"
            ),
            ("organization_unterminated",),
            True,
        ),
        (
            "*:workspace:shop:run_phase:apply",
            (
                "HCP Terraform runs in the apply phase of workspace shop in any project of any"
                " organization"
            ),
            ("organization_any", "project_any"),
            True,
        ),
        (
            "*",
            "any HCP Terraform run of any organization",
            ("everything", "organization_any", "run_any"),
            True,
        ),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...], stranger: bool
) -> None:
    """Other organizations get in only where the organization is open."""
    reading = PROVIDER.read(pattern)
    assert reading is not None
    assert (reading.words, reading.faults, reading.stranger) == (words, faults, stranger)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "octo-org",
        "organization:octo-org",
        "organization:octo-org:workspace:shop:run_phase:apply",
        "organization:octo-org:project:web:workspace:shop",
        "organization:octo-org:project:web:workspace:shop:run_phase:destroy",
        "organization:octo-org:project:web:workspace:sh op:run_phase:apply",
        "organization:octo-org:module:vpc:operation:plan",
        "Organization:octo-org:project:web:workspace:shop:run_phase:apply",
        "organization:<img src=x onerror=alert(1)>:project:web:workspace:shop:run_phase:apply",
        "repo:octo-org/app:*",
    ],
)
def test_what_no_run_has_as_its_subject(pattern: str) -> None:
    """A part missing, a phase that there is none of, a blank in a workspace, another case, another
    vendor's.
    """
    assert PROVIDER.read(pattern) is None


def test_subjects_of_strangers_come_first() -> None:
    """Of `octo*`, an organization that anybody may have made."""
    pattern = "organization:octo*:project:web:workspace:shop:run_phase:apply"
    assert PROVIDER.subjects_for is not None
    assert PROVIDER.subjects_for(pattern) == tuple(
        pattern.replace("octo*", name) for name in ("octo-evil", "octo-org")
    )


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        ("app.terraform.io", True),
        ("App.Terraform.IO", True),
        ("app.terraform.io/", False),
        ("app.terraform.io.evil.example", False),
        ("evil.example/app.terraform.io", False),
        ("tfe.octo.example", False),
    ],
)
def test_issuers_of_terraform(issuer: str, known: bool) -> None:
    """A host says nothing of a server of one's own that runs there."""
    assert (provider_of(issuer) is PROVIDER) is known
    assert known or provider_of(issuer) is None


def test_a_server_of_ones_own() -> None:
    """The same subjects; no stranger has one, since nobody else gets tokens there."""
    own = PROVIDERS["terraform_enterprise"]
    reading = own.read("organization:*:project:web:workspace:shop:run_phase:apply")
    assert reading is not None and (reading.faults, reading.stranger) == (
        ("organization_any",),
        False,
    )
    assert reading.words.startswith(
        "Terraform Enterprise runs in the apply phase of workspace shop"
    )
    assert own.answers is not None and own.answers(TEST) == {
        "kind": "module_test",
        "organization": "octo-org",
        "module": "terraform-aws-vpc",
    }


def test_what_aws_demands() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html"""
    assert PROVIDER.required_key("app.terraform.io") == "app.terraform.io:sub"
    assert PROVIDER.is_shared("app.terraform.io") and not PROVIDER.is_shared("tfe.octo.example")
