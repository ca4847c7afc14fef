"""Service principals: known ones, near misses, and those that may exist for all we know."""

from __future__ import annotations

import pytest

from trust_widgets.aws import services


@pytest.mark.parametrize(
    "name",
    [
        "ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com",
        "pods.eks.amazonaws.com", "ec2.amazonaws.com.cn", "lambda.af-south-1.amazonaws.com",
        "logs.eu-central-1.amazonaws.com", "ec2.cn-north-1.amazonaws.com.cn", "s3.c2s.ic.gov",
        "alexa-appkit.amazon.com",
    ],
)  # fmt: skip
def test_known_services(name: str) -> None:
    assert (
        services.is_known(name) and services.well_formed(name) and services.near_miss(name) is None
    )


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("EC2.amazonaws.com", "ec2.amazonaws.com"),
        ("ec2", "ec2.amazonaws.com"),
        (" lambda.amazonaws.com", "lambda.amazonaws.com"),
        ("lambda.amazon.com", "lambda.amazonaws.com"),
        ("lambda.amazonaws.co", "lambda.amazonaws.com"),
        ("lambda.aws.amazon.com", "lambda.amazonaws.com"),
        ("lamda.amazonaws.com", "lambda.amazonaws.com"),
        ("lambad.amazonaws.com", "lambda.amazonaws.com"),
        ("ecs-task.amazonaws.com", "ecs-tasks.amazonaws.com"),
        ("ecstasks.amazonaws.com", "ecs-tasks.amazonaws.com"),
        ("event.amazonaws.com", "events.amazonaws.com"),
        ("Logs.eu-central-1.amazonaws.com", "logs.eu-central-1.amazonaws.com"),
        ("lamda.eu-west-1.amazonaws.com", "lambda.eu-west-1.amazonaws.com"),
        ("EC2.amazonaws.com.cn", "ec2.amazonaws.com.cn"),
        ("ec2.amazonaws.cn", "ec2.amazonaws.com.cn"),
        ("pods.eks", "pods.eks.amazonaws.com"),
    ],
)
def test_near_misses(wrong: str, meant: str) -> None:
    assert services.near_miss(wrong) == meant and services.is_known(meant)


@pytest.mark.parametrize(
    "name",
    [
        "quantum-teapots.amazonaws.com", "sts.amazonaws.com", "sqz.amazonaws.com",
        "lambda2.amazonaws.com", "lambda.aws.internal", "lambda.nowhere-1.amazonaws.com",
        "accounts.google.com", "www.amazon.com", "arn:aws:iam::111122223333:root", "111122223333",
        "*", "", ".", "amazonaws.com", "a" * 100_000,
    ],
)  # fmt: skip
def test_no_near_misses(name: str) -> None:
    assert services.near_miss(name) is None


@pytest.mark.parametrize(
    ("name", "is_well_formed"),
    [
        ("quantum-teapots.amazonaws.com", True), ("sandwich.aws.internal", True),
        ("EC2.amazonaws.com", False), ("ec2", False), ("lambda.amazon.com", False),
        (".amazonaws.com", False), ("ec2.amazonaws.com\n", False),
        ("-ec2.amazonaws.com", False), ("ec2.amazonaws.com.", False), ("*.amazonaws.com", False),
    ],
)  # fmt: skip
def test_the_form_of_a_service(name: str, is_well_formed: bool) -> None:
    assert services.well_formed(name) is is_well_formed


def test_every_suggestion_is_known_well_formed_and_there_once() -> None:
    found = services.suggestions()
    assert found[:3] == ("ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com")
    assert len(found) == len(set(found)) > 100
    for name in found:
        assert (
            services.is_known(name)
            and services.well_formed(name)
            and services.near_miss(name) is None
        )
        assert services.near_miss(name.upper()) == name and services.title_of(name)


def test_titles() -> None:
    names = ("ec2", "lambda", "ecs-tasks", "states", "logs.eu-central-1")
    titles = [services.title_of(f"{name}.amazonaws.com") for name in names]
    assert titles == ["EC2", "Lambda", "ECS tasks", "Step Functions", "CloudWatch Logs"]


@pytest.mark.parametrize("head", ["states", "logs", "lambda", "vpc-flow-logs", "quantum-teapots"])
@pytest.mark.parametrize(
    ("region", "suffix", "title"),
    [
        ("us-east-1", "", "US East (N. Virginia)"),
        ("af-south-1", "", "Africa (Cape Town)"),
        ("us-gov-west-1", "", "AWS GovCloud (US-West)"),
        ("cn-north-1", ".cn", "China (Beijing)"),
    ],
)
def test_a_principal_of_one_region_is_named_with_it(
    head: str, region: str, suffix: str, title: str
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    and, for the names, https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
    """
    anywhere = services.title_in(f"{head}.amazonaws.com{suffix}")
    assert region not in anywhere
    regional = services.title_in(f"{head}.{region}.amazonaws.com{suffix}")
    assert regional == f"{anywhere} in {title} {region}"


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("lambda.us-east-7.amazonaws.com", "us-east-7"),
        ("lambda.mx-central-1.amazonaws.com", ""),
        ("ec2.cn-northwest-1.amazonaws.com.cn", ""),
        ("ec2.cn-south-1.amazonaws.com.cn", "cn-south-1"),
        ("lambda.amazonaws.com", ""),
        ("us-east-7", ""),
    ],
)
def test_regions_that_we_do_not_know(name: str, region: str) -> None:
    """https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html"""
    assert services.unknown_region(name) == region


def test_lambda_at_the_edge_is_known() -> None:
    """https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html"""
    assert services.is_known("edgelambda.amazonaws.com")
