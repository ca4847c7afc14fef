"""iam-policy-validator as its SDK is used: trust policies, the registry and the service tables kept
between calls.
"""

import asyncio
import os
from pathlib import Path

from iam_validator.core.aws_service import AWSServiceFetcher
from iam_validator.core.policy_checks import build_registry, fetcher_kwargs, validate_policies
from iam_validator.sdk import load_validator_config
from iam_validator.sdk.shortcuts import _policy_from_json, validate_json
from serving import serve

TABLES = Path(__file__).resolve().parent.parent / "aws_services"  # its offline mode
os.environ.setdefault("NO_COLOR", "1")
loop = asyncio.new_event_loop()
config = load_validator_config(None)
registry = build_registry(config)
fetcher = loop.run_until_complete(
    AWSServiceFetcher(**fetcher_kwargs(config, str(TABLES))).__aenter__()
)


def check(text):
    """What it calls a policy that it can't parse is a finding too, as on its command line."""
    try:
        policy, raw = _policy_from_json(text)
    except Exception as error:
        return [("policy_parse_error", "error", str(error)[:300])]
    coming = validate_policies(
        [("trust.json", policy, raw)],
        config=config,
        registry=registry,
        fetcher=fetcher,
        policy_type="TRUST_POLICY",
    )
    result = loop.run_until_complete(coming)[0]
    return [(issue.issue_type, issue.severity, issue.message) for issue in result.issues]


def plain(text):
    """`validate_json` as its SDK documents it, which makes registry and tables anew at every
    call.
    """
    result = loop.run_until_complete(
        validate_json(text, policy_type="TRUST_POLICY", aws_services_dir=str(TABLES))
    )
    return [(issue.issue_type, issue.severity, issue.message) for issue in result.issues]


serve(check, plain)
