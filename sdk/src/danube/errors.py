"""Errors of the SDK. Every one is a :class:`DanubeError`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List

    from .step import StepResult


class DanubeError(Exception):
    """Base of all errors that the SDK raises."""

    __module__ = "danube"


class NotInJob(DanubeError):
    """The call makes sense only within a job, in the process that runs danubefile.py."""

    __module__ = "danube"


class MasterUnavailable(DanubeError):
    """The master could not be reached until the job's deadline."""

    __module__ = "danube"


class RequestRefused(DanubeError):
    """The master refused a request for good: asking again would not help.

    `code` is the master's stable name for the reason, for example `request_invalid` or `token_invalid`.
    """

    __module__ = "danube"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.code = code
        self.message = message


class SecretNotFound(RequestRefused):
    """The job has no secret of this name. `code` is `secret_not_found`."""

    __module__ = "danube"


class ArtifactError(DanubeError):
    """Files that cannot become an artifact, or an artifact that must not become files."""

    __module__ = "danube"


class StepFailed(DanubeError):
    """One step or several did not succeed.

    Raised at once by `step.run(..., check=True)`, and at the next call of the SDK for failed steps whose results nobody
    has read. `results` holds what is still known of them.
    """

    __module__ = "danube"

    def __init__(self, message: str, results: List[StepResult]) -> None:
        super().__init__(message)
        self.results = results
