"""What this process knows of its job: the number of the next step, and failures that nobody has read yet."""

from __future__ import annotations

import _thread
import _weakref
import os
import sys

from ._calls import persistently, transport
from .errors import NotInJob, StepFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional

    from .step import StepResult


class Failure:
    """A step that did not succeed, and whether the pipeline has taken notice."""

    def __init__(self, result: StepResult, summary: str) -> None:
        self.summary = summary
        self.read = False
        self.result = _weakref.ref(result)
        self.in_main_thread = _thread.get_ident() == current().main_thread


class Job:
    def __init__(self, connection_file: str) -> None:
        self.main_thread = _thread.get_ident()
        self.echo = os.environ.get("DANUBE_ECHO") == "1"
        self.failures: List[Failure] = []
        self.thread_errors: List[BaseException] = []
        self._id = os.environ.get("DANUBE_JOB_ID", "")
        self._connection_file = connection_file
        self._process = os.getpid()
        self._lock = _thread.allocate_lock()
        self._transport = None
        self._last_sequence = 0
        self._watches_threads = False

    def check_process(self) -> None:
        if os.getpid() != self._process:
            raise NotInJob("only the process that runs danubefile.py can use the SDK; use threads, not processes")

    def next_sequence(self) -> int:
        with self._lock:
            self._last_sequence += 1
            return self._last_sequence

    def _speak(self):
        """The module that speaks to the master, loaded once."""
        with self._lock:
            if self._transport is None:
                self._transport = transport()
            return self._transport

    def run_step(self, request, output):
        """The facts of the step's end. `output` takes its bytes and knows how many there were."""

        speak = self._speak()

        def attempt(connection):
            output.begin()
            asked = {"job_id": self._id, **request, **output.offsets()}
            return speak.run_step(connection, asked, output.receive)

        return persistently(self._connection_file, attempt)

    def get_secret(self, name: str) -> str:
        asked = {"job_id": self._id, "key": name}
        speak = self._speak()
        return persistently(self._connection_file, lambda connection: speak.get_secret(connection, asked))

    def transfer(self, attempt):
        """Calls `attempt(transport, connection, job_id)`, and again from the start whenever the connection is lost."""
        speak = self._speak()
        persistently(self._connection_file, lambda connection: attempt(speak, connection, self._id))

    def report_failure(self, reason: str) -> None:
        report = {"job_id": self._id, "status": "failure", "error_message": reason[:2000]}
        speak = self._speak()
        persistently(self._connection_file, lambda connection: speak.report_status(connection, report))

    def remember(self, failure: Failure) -> None:
        with self._lock:
            self.failures.append(failure)

    def unread(self) -> List[Failure]:
        return [failure for failure in self.failures if not failure.read]

    def stop_at_unread_failures(self) -> None:
        """Raises StepFailed for failed steps whose results can no longer be about to be read.

        In the main thread those are all of its own. Another thread may hold the result of an earlier task that is read
        elsewhere later, so of other threads only results count that have been thrown away.
        """
        in_main_thread = _thread.get_ident() == self.main_thread
        if not in_main_thread:
            self._watch_threads()
        blocking = [
            failure
            for failure in self.unread()
            if failure.result() is None or (in_main_thread and failure.in_main_thread)
        ]
        if not blocking:
            return
        for failure in blocking:
            failure.read = True
        results = [result for result in (failure.result() for failure in blocking) if result is not None]
        raise StepFailed("; ".join(failure.summary for failure in blocking), results)

    def _watch_threads(self) -> None:
        """Python only prints an error that ends a thread; a job must not succeed with one."""
        import threading

        with self._lock:
            if self._watches_threads:
                return
            self._watches_threads = True
        show = threading.excepthook

        def keep(arguments):
            if not issubclass(arguments.exc_type, SystemExit):
                self.thread_errors.append(arguments.exc_value)
            show(arguments)

        threading.excepthook = keep


_current: Optional[Job] = None


def start() -> Optional[Job]:
    """Called by the launcher. Outside of a job nothing is started, and the first step says so."""
    global _current
    connection_file = os.environ.get("DANUBE_CONNECTION_FILE")
    _current = Job(connection_file) if connection_file else None
    return _current


def current() -> Job:
    if _current is None:
        if os.environ.get("DANUBE_CONNECTION_FILE"):
            raise NotInJob("only the process that runs danubefile.py can use the SDK")
        raise NotInJob(f"there is no job here: start this file with `danube run`, not with {sys.executable}")
    _current.check_process()
    return _current
