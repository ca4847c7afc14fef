"""What passes between kernel and browser: what each view draws, and what the browser sends as typed.

`frontend/src/state.ts` is generated from these modules by `make docs`. Its messages come from the
methods that the views mark with `messages.message`.
"""
