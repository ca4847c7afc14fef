"""What the issuers of Microsoft's own services have in common with those of other tenants."""

from __future__ import annotations

GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MICROSOFTS_OWN = ("33e01921-4d64-4f8c-a055-5bdaffd5e33d", "cab8a31a-1906-4287-a0d8-4eef66b95f6e")
"""The tenants from which Microsoft Sentinel and Defender for Cloud call, in the commercial cloud
and in the one for governments: https://learn.microsoft.com/azure/sentinel/connect-aws
"""
