"""What can go wrong, in words a person can act on: the cause, then the remedy. One rule: the exit code lives here."""

from __future__ import annotations


class FuError(Exception):
    """A refusal that a person reads. `message` names the cause, `remedy` what to do next."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class Refused(FuError):
    """A rule of the domain says no. Nothing was written."""


class UsageError(FuError):
    """The words given can't be understood (a date, a name of an option)."""

    exit_code = 2


class NotFound(FuError):
    """No record by that reference, or several: `candidates` lists what was meant, perhaps."""

    exit_code = 3

    def __init__(self, message: str, remedy: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.candidates = candidates


class Conflict(FuError):
    """Someone was first: the record changed since it was read. Nothing was written."""

    exit_code = 4


class TouchedSuccessor(Conflict):
    """An undo would withdraw a follow-up that a person has changed since. `task_id` is that follow-up."""

    def __init__(self, message: str, remedy: str, task_id: int) -> None:
        super().__init__(message, remedy)
        self.task_id = task_id


class Fault(FuError):
    """Something went wrong in fu-tui itself. Nothing was written."""

    exit_code = 70  # sysexits.h: EX_SOFTWARE


class ColleagueReplied(Refused):
    """Somebody else of the same account replied: whether the deal's cadence ends has to be said."""


class StorageError(FuError):
    """The file, the disk or SQLite itself. The sentence names the true cause."""

    exit_code = 5


class StorageBusy(StorageError):
    """Another process holds the database and did not let go in time."""
