"""How a refusal reaches the person or the program: a plain sentence, or with --json one object. One rule: standard
output stays empty, standard error names the cause and the remedy. (Also for the desk, so nothing of click here.)"""

from __future__ import annotations

from fu_tui.cli.out import as_json, talk
from fu_tui.core.errors import Fault, FuError, NotFound, StorageError

INTERRUPTED = 130


def tell(error: FuError, in_json: bool = False) -> int:
    """Say what went wrong. Returns the exit code."""
    if in_json:
        import re

        talk(as_json({"error": {
            "kind": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower(),
            "exit_code": error.exit_code, "message": error.message, "remedy": error.remedy,
            "candidates": candidates(error),
        }}))  # fmt: skip
    else:
        talk(str(error))
    return error.exit_code


def candidates(error: FuError) -> list[str]:
    """What was meant, perhaps: records by their number and name, or exact days instead of a vague one."""
    if isinstance(error, NotFound):
        return list(error.candidates)
    return [words for words, _ in getattr(error, "offers", ())]


def of_fault(fault: Exception) -> Fault:
    """A fault that nobody foresaw, as an error of ours: what is known about it is kept in the log."""
    from fu_tui.settings import faults

    return Fault(f"fu-tui had to stop: {type(fault).__name__}.", faults.keep(fault))


def of_system(error: OSError) -> StorageError:
    """What the system said, as an error of ours."""
    what = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return StorageError(f"The system said: {what}{where}.", "Check the path and its permissions.")
