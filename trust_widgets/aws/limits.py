"""Limits of IAM and STS. The rules are strings for `re.fullmatch(rule, text, re.ASCII)`.

Example:
    >>> import re
    >>> bool(re.fullmatch(ROLE_NAME, "deploy-app", re.ASCII)), bool(re.fullmatch(SID, "with space", re.ASCII))
    (True, False)
"""

from __future__ import annotations

# The default, white space not counted. Service Quotas can raise it: AWS's page said to 4,096 in 2023, others
# say to 8,192 since 2026. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
TRUST_POLICY_CHARACTERS = 2048

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
ROLE_NAME = r"[\w+=,.@-]{1,64}"
ROLE_PATH = r"(?=.{1,512}$)(/|/[!-~]+/)"
ROLE_DESCRIPTION_CHARACTERS = 1000
SESSION_SECONDS = (3600, 43200)  # MaxSessionDuration, the smallest and the greatest
DOCUMENT = r"[\t\n\r\x20-\xff]+"  # the characters a policy may be written in

# One role assuming another gets an hour at most, whatever the role's own maximum.
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
CHAINED_SESSION_SECONDS = 3600
EXTERNAL_ID = r"[\w+=,.@:/-]{2,1224}"
SESSION_NAME = r"[\w+=,.@-]{2,64}"
SOURCE_IDENTITY = r"[\w+=,.@-]{2,64}"
SESSION_TAGS = 50

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
SID = r"[A-Za-z0-9]*"

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
SAML_PROVIDER_NAME = r"[\w._-]{1,128}"
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
OIDC_PROVIDER_URL_CHARACTERS = 255
