"""The loop of every adapter: one JSON line in, one out.

It runs in the peer's own Python and knows nothing of ours.

An adapter defines `check(text) -> [(rule, severity, message), ...]` and ends with `serve(check)`;
`plain` is the call that the peer's README shows, where `check` keeps more between calls than that.
"""

import contextlib
import json
import logging
import os
import sys
import time


def serve(check, plain=None):
    """Answer until the input ends. What the peer prints itself goes nowhere."""
    logging.disable(logging.CRITICAL)
    out = os.fdopen(os.dup(1), "w")
    with (
        open(os.devnull, "w") as quiet,
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
    ):
        for line in sys.stdin:
            asked = json.loads(line)
            how = (plain or check) if asked["plain"] else check
            out.write(json.dumps([timed(how, text) for text in asked["texts"]]) + "\n")
            out.flush()


def timed(check, text):
    """What is found, and how long it took."""
    start = time.perf_counter()
    found = safely(check, text)
    return {"found": found, "seconds": time.perf_counter() - start}


def safely(check, text):
    """A crash of the peer is a finding of its own kind, which counts for nothing."""
    try:
        return [[str(part) for part in finding] for finding in check(text)]
    except Exception as error:
        return [["CRASH", "crash", f"{type(error).__name__}: {error}"[:200]]]


def document(text):
    """The text as JSON, or None."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def cloudformation(policy, **more):
    """A template with one role."""
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": policy, **more}}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Role": role}}


def terraform(text):
    """A module with one role, its trust policy as a text."""
    return f'resource "aws_iam_role" "role" {{\n  assume_role_policy = {quoted(text)}\n}}\n'


def quoted(value):
    """A value in Terraform, in which nothing is a template."""
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
