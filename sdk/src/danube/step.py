"""Steps: commands that run in the job's workspace."""

from __future__ import annotations

from . import _job
from .errors import StepFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Optional

_default_capture_bytes = 8 * 1024 * 1024
_default_name_characters = 60


def run(
    command: str,
    name: Optional[str] = None,
    env: Optional[Dict[str, str]] = None,
    timeout: Optional[float] = None,
    image: Optional[str] = None,
    *,
    check: Optional[bool] = None,
    capture_limit: int = _default_capture_bytes,
) -> StepResult:
    """Runs a command line with `sh` in the workspace and returns when it has ended.

    The output goes into the job's log as it appears.

    Args:
        command: The command line, at most 1 MiB.
        name: Stands in the log lines of the step; the command's first line where it is left out.
        env: Variables to add to the job's environment. Names that start with DANUBE_ are refused.
        timeout: Seconds after which the step is stopped; rounded up to whole ones. Without it only the job's own
            deadline counts.
        image: Container image to run the command in, with the same workspace.
        check: True raises StepFailed at once where the step does not succeed. False never raises, and nobody need
            look at the result. By default a failed step must be looked at: reading `exit_code`, `ok`, `status` or
            `reason` of the result, or its truth value, is enough. One that nobody has looked at stops the pipeline at
            the next call of the SDK, or at the end of the file.
        capture_limit: How many bytes of stdout and of stderr, counted from their ends, come back in the result; at
            most 64 MiB. The log has all of them.

    Raises:
        StepFailed: See `check`.
        RequestRefused: The master accepts no such step, for example because `env` is too large.
        MasterUnavailable: The master did not answer until the job's deadline. A restart of the master is a pause: the
            step goes on, and so does this call.
        NotInJob: This process does not run the danubefile.py of a job.

    Several threads may run steps at once; the job's limit on parallel steps decides which of them wait.
    """
    job = _job.current()
    job.stop_at_unread_failures()
    request = _request(command, name, env, timeout, image)
    output = _Output(capture_limit, job.echo)
    request["sequence"] = job.next_sequence()
    request["follow"] = job.echo
    request["capture_limit_bytes"] = capture_limit
    result = StepResult(request["step_name"], job.run_step(request, output), output)
    if result._succeeded or check is False:
        return result
    if check:
        raise StepFailed(result._summary(), [result])
    result._failure = _job.Failure(result, result._summary())
    job.remember(result._failure)
    return result


class StepResult:
    """How a step ended. True where it succeeded."""

    def __init__(self, name, facts, output):
        self.name: str = name
        """Name of the step."""
        self.duration: float = (facts["finished_at_ms"] - facts["started_at_ms"]) / 1000
        """Seconds from the start of the command to its end."""
        self._facts = facts
        self._output = output
        self._failure = None

    @property
    def exit_code(self) -> int:
        """0 for success, 128 + n where signal n ended the command, -1 where the command could not start or was lost."""
        self._mark_as_read()
        return self._facts["exit_code"]

    @property
    def ok(self) -> bool:
        """True where the step succeeded."""
        self._mark_as_read()
        return self._succeeded

    @property
    def status(self) -> str:
        """`success`, `failure`, `timeout` or `cancelled`."""
        self._mark_as_read()
        return self._facts["status"]

    @property
    def reason(self) -> str:
        """Why the step did not succeed, in words; empty for a success."""
        self._mark_as_read()
        return self._facts["reason"]

    @property
    def stdout(self) -> str:
        """What the command wrote to stdout, as UTF-8; bytes that are none are replaced. Reading it handles no failure."""
        return self.stdout_bytes.decode("utf-8", "replace")

    @property
    def stderr(self) -> str:
        """What the command wrote to stderr, as UTF-8; bytes that are none are replaced. Reading it handles no failure."""
        return self.stderr_bytes.decode("utf-8", "replace")

    @property
    def stdout_bytes(self) -> bytes:
        """stdout as it was written. Cut at the beginning where `stdout_truncated`."""
        return self._output.kept("stdout", self.stdout_truncated)

    @property
    def stderr_bytes(self) -> bytes:
        """stderr as it was written. Cut at the beginning where `stderr_truncated`."""
        return self._output.kept("stderr", self.stderr_truncated)

    @property
    def stdout_truncated(self) -> bool:
        """True where stdout was longer than the capture limit, so that its beginning is only in the log."""
        return self._facts["stdout_skipped"] > 0 or self._output.cut("stdout")

    @property
    def stderr_truncated(self) -> bool:
        """True where stderr was longer than the capture limit, so that its beginning is only in the log."""
        return self._facts["stderr_skipped"] > 0 or self._output.cut("stderr")

    def __bool__(self) -> bool:
        return self.ok

    def __repr__(self) -> str:
        return f"StepResult(name={self.name!r}, status={self._facts['status']!r}, exit_code={self._facts['exit_code']})"

    @property
    def _succeeded(self):
        return self._facts["status"] == "success"

    def _mark_as_read(self):
        if self._failure is not None:
            self._failure.read = True

    def _summary(self):
        status, code = self._facts["status"], self._facts["exit_code"]
        step = f'step "{self.name}"'
        if status == "failure":
            return f"{step} failed with exit code {code}" if code >= 0 else f"{step} failed: {self._facts['reason']}"
        return f"{step} ended with status {status}: {self._facts['reason']}"


class _Output:
    """The ends of a step's stdout and stderr."""

    def __init__(self, limit, echo):
        if not 0 <= limit <= 64 * 1024 * 1024:
            raise ValueError("capture_limit must be from 0 to 67108864 bytes")
        self._limit = limit
        self._echo = echo
        self._tails = {}
        self._received = {"stdout": 0, "stderr": 0}

    def begin(self):
        """A call begins, or begins again. Output that comes at the end only then comes as a whole."""
        if not self._echo:
            self._tails = {}

    def offsets(self):
        if not self._echo:
            return {}
        return {"stdout_offset": self._received["stdout"], "stderr_offset": self._received["stderr"]}

    def receive(self, stream, chunk):
        self._received[stream] += len(chunk)
        tail = self._tails.setdefault(stream, bytearray())
        tail += chunk
        if len(tail) > 2 * self._limit:
            del tail[: len(tail) - self._limit]
        if self._echo:
            _echo(stream, chunk)

    def cut(self, stream):
        return self._echo and self._received[stream] > self._limit

    def kept(self, stream, truncated):
        tail = bytes(self._tails.get(stream, b""))
        if not truncated:
            return tail
        tail = tail[max(0, len(tail) - self._limit) :]
        # the cut may have fallen into a character
        inside = 0
        while inside < min(3, len(tail)) and tail[inside] & 0xC0 == 0x80:
            inside += 1
        return tail[inside:]


def _echo(stream, chunk):
    import sys

    target = getattr(sys, stream)
    target.flush()
    target.buffer.write(chunk)
    target.buffer.flush()


def _request(command, name, env, timeout, image):
    if not isinstance(command, str):
        raise TypeError("command must be a str: a command line for sh; shlex.join() makes one of a list")
    if name is None:
        name = " ".join(command.split("\n", 1)[0].split())[:_default_name_characters]
    request = {"step_name": name, "command": command, "env": dict(env or {}), "image": image or ""}
    for key, value in request["env"].items():
        if not isinstance(value, str):
            raise TypeError(f"env[{key!r}] must be a str")
    if timeout is not None:
        if timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds")
        request["timeout_seconds"] = int(-(-timeout // 1))
    return request
