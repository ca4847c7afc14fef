"""Limits of IAM and STS.

The rules are strings for `re.fullmatch`; AWS's letters and digits are those of ASCII.

Example:
    >>> import re
    >>> bool(re.fullmatch(ROLE_NAME, "deploy-app")), bool(re.fullmatch(SID, "with space"))
    (True, False)
"""

from __future__ import annotations

# The default, white space not counted. Service Quotas can raise it: AWS's page said to 4,096 in
# 2023, others say to 8,192 since 2026.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
TRUST_POLICY_CHARACTERS = 2048

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
ROLE_NAME = r"[A-Za-z0-9_+=,.@-]{1,64}"  # and that of a user, too
ROLE_PATH = r"(?=.{1,512}$)(/|/[!-~]+/)"
SESSION_SECONDS = (3600, 43200)  # MaxSessionDuration, the smallest and the greatest

# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
EXTERNAL_ID = r"[A-Za-z0-9_+=,.@:/-]{2,1224}"
SESSION_NAME = r"[A-Za-z0-9_+=,.@-]{2,64}"
SOURCE_IDENTITY = r"[A-Za-z0-9_+=,.@-]{2,64}"

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
SID = r"[A-Za-z0-9]*"

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
SAML_PROVIDER_NAME = r"[A-Za-z0-9_.-]{1,128}"
