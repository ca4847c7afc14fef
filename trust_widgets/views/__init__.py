"""What a person sees. Each view draws a `TrustModel` and can be shown alone; no view calls another.

The joint between kernel and browser is the same for all: `base.py`, `messages.py` and `state/`
here, `frontend/src/state.ts` there, which is generated from `state/`.
"""
