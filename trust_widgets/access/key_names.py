"""Condition keys that the search treats by themselves, in lower case as it spells keys."""

from __future__ import annotations

ARN = "aws:principalarn"


RESOURCE_ACCOUNT = "aws:resourceaccount"


TAGS = ("aws:tagkeys", "sts:transitivetagkeys")


TAG = "aws:requesttag/"


IDENTITY, IDENTITY_BEFORE = "sts:sourceidentity", "aws:sourceidentity"


FEDERATED_PROVIDER = "aws:federatedprovider"


NOW = CURRENT_TIME, EPOCH_TIME = "aws:currenttime", "aws:epochtime"


MFA, MFA_AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
