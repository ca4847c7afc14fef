"""A second opinion on who can assume a role: every request of a small world is tried.

It was written from AWS's pages alone and shares no code with the package under test. `conditions`
and `decision` decide one request, `callers` is the world of requests, `language` and `policies`
make policies at random, `combinations` goes through all requests that two policies can tell apart,
and `comparison` asks the package the same questions, with requests that `requests` translates.
"""
