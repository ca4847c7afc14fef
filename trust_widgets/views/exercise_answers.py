"""Answers in progress, kept in a file, so that a page that is loaded again loses none."""

from __future__ import annotations

import json
from pathlib import Path

FILENAME = "trust-widgets-answers.json"


class Answers:
    """The file of answers: one text for each exercise, and for each caller's half.

    Args:
        folder: where the file is; `None` where nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILENAME if folder else None
        self.wrong = ""
        self._kept = self._read()

    def of(self, name: str, start: str) -> str:
        """The answer that was kept, or the policy to begin with.

        Args:
            name: of the exercise, or of its caller's half.
            start: the policy to begin with.
        """
        return self._kept.get(name, start)

    def keep(self, name: str, text: str, start: str) -> None:
        """Keep an answer; the policy to begin with needs no place.

        Args:
            name: of the exercise, or of its caller's half.
            text: the answer.
            start: the policy to begin with.
        """
        if self._file is None or self.of(name, start) == text:
            return
        answers = self._read()  # another notebook may have written it meanwhile
        if self.wrong:
            return
        answers.pop(name, None)
        if text != start:
            answers[name] = text
        try:
            self._file.write_text(json.dumps(answers, indent=1), "utf-8", errors="replace")
        except OSError as error:
            self.wrong = f"Your answer is not saved: {error.strerror or error}."
            return
        self._kept = answers

    def _read(self) -> dict[str, str]:
        """What is in the file. One that cannot be read is left as it is."""
        self.wrong = ""
        if self._file is None:
            return {}
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            self.wrong = f"{FILENAME} could not be read: {error}."
            return {}
        if not isinstance(kept, dict):
            self.wrong = f"{FILENAME} could not be read: it is not a JSON object."
            return {}
        return {str(name): text for name, text in kept.items() if isinstance(text, str)}
