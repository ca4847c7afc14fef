"""What passes between kernel and browser: what each view draws, and what is typed there.

`frontend/src/state.ts` is generated from these modules by `make docs`. Its messages come from the
methods that the views mark with `messages.message`.
"""
