"""Runs a danubefile.py: its top level, then the functions that it has marked with @pipeline."""

from __future__ import annotations

import os
import sys

from . import _job
from .errors import DanubeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional


def main(arguments: List[str]) -> int:
    """The exit code: 0 for success, 1 for failure, 2 for wrong use, or what the file gave to SystemExit."""
    if len(arguments) == 0 or arguments[0].startswith("-"):
        print("usage: python -m danube danubefile.py [argument ...]", file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        # the log shall have lines as they are printed, whatever the locale
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    job = _job.start()
    code, reason = _run(arguments)
    _wait_for_threads()
    neglected = _neglected(job, arguments[0]) if job else []
    if neglected:
        for summary in neglected:
            print(f"danube: {summary}", file=sys.stderr)
        code, reason = code or 1, reason or "; ".join(neglected)
    if code != 0 and job:
        _report(job, reason or _exit_reason(arguments[0], code, job))
    return code


def _neglected(job: _job.Job, path: str) -> List[str]:
    """What went wrong without the file having taken notice."""
    if job.thread_errors:
        from ._tracebacks import describe

        return [describe(error, path) for error in job.thread_errors]
    return [failure.summary for failure in job.unread()]


def _run(arguments: List[str]) -> tuple[int, Optional[str]]:
    """The exit code, and the reason where an error ended the file."""
    path = arguments[0]
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror} (in {os.getcwd()})"
        print(f"danube: {reason}", file=sys.stderr)
        return 1, reason
    try:
        _execute(path, source, arguments)
    except SystemExit as end:
        return _exit_code(end.code), end.code if isinstance(end.code, str) else None
    except KeyboardInterrupt:
        return 130, "interrupted"
    except BaseException as error:
        from ._tracebacks import describe, print_error

        print_error(error, path, source)
        return 1, describe(error, path)
    return 0, None


def _execute(path: str, source: bytes, arguments: List[str]) -> None:
    code = compile(source, path, "exec", dont_inherit=True)
    module = type(sys)("__main__")
    module.__file__ = os.path.abspath(path)
    sys.modules["__main__"] = module
    sys.argv[:] = arguments
    sys.path[0] = os.path.dirname(module.__file__)
    exec(code, module.__dict__)
    pipelines = sys.modules.get("danube._pipelines")
    for function in pipelines.registered if pipelines else ():
        function()


def _exit_code(value: object) -> int:
    """As the interpreter has it: text is printed and means 1."""
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF
    print(value, file=sys.stderr)
    return 1


def _exit_reason(path: str, code: int, job: _job.Job) -> str:
    reason = f"{path} ended with exit code {code}"
    if not job.failures:
        return reason
    return f"{reason}; {'; '.join(failure.summary for failure in job.failures)}"


def _wait_for_threads() -> None:
    """Steps of threads that the file has not joined belong to the job."""
    threading = sys.modules.get("threading")
    if threading is None:
        return
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


def _report(job: _job.Job, reason: str) -> None:
    try:
        job.report_failure(reason)
    except DanubeError as error:
        print(f"danube: the reason could not be reported: {error}", file=sys.stderr)
