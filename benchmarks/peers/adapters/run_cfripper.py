"""cfripper on a template with the role, told the role's account as its rule of cross-account trust
wants.
"""

import pycfmodel
from cfripper.cli import analyse_template, init_cfripper
from serving import cloudformation, document, serve

config, rules = init_cfripper(None, None, "111122223333", None)


def check(text):
    """All failures, blocking and monitored."""
    policy = document(text)
    if policy is None:
        return []
    result = analyse_template(pycfmodel.parse(cloudformation(policy)), rules, config)
    return [(failure.rule, failure.rule_mode.value, failure.reason) for failure in result.failures]


serve(check)
