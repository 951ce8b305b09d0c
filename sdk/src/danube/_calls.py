"""Calls that outlive the master: each is repeated until it is answered or the job's deadline has passed."""

from __future__ import annotations

import os
import time

from . import _json
from .errors import MasterUnavailable

_first_delay = 0.05
_longest_delay = 5.0
_quiet_after = 1.0


class Lost(Exception):
    """The call was not answered, or with an error that passes: ask again."""


def read_connection(path):
    """How to reach the master now. The file is replaced when a restart has changed it."""
    try:
        with open(path, encoding="utf-8") as file:
            return _json.decode(file.read())
    except (OSError, ValueError) as error:
        raise Lost(f"the connection file cannot be read: {error}") from error


def persistently(connection_file, attempt):
    """The answer of `attempt(connection)`, which is called again whenever it raises Lost."""
    deadline = int(os.environ.get("DANUBE_DEADLINE") or 0) / 1000 or float("inf")
    delay = _first_delay
    while True:
        begun = time.monotonic()
        try:
            return attempt(read_connection(connection_file))
        except Lost as error:
            lost = error
        if time.monotonic() - begun > _quiet_after:
            delay = _first_delay
        wait = delay * (0.5 + os.urandom(1)[0] / 255)
        if time.time() + wait >= deadline:
            raise MasterUnavailable(f"no answer from the master until the job's deadline: {lost}") from lost
        time.sleep(wait)
        delay = min(delay * 2, _longest_delay)


def transport():
    """The module that speaks to the master: gRPC where grpcio is installed, unless DANUBE_TRANSPORT says otherwise."""
    wanted = os.environ.get("DANUBE_TRANSPORT", "")
    if wanted not in ("", "grpc", "http"):
        raise ValueError(f"DANUBE_TRANSPORT is {wanted!r}; it may be grpc or http")
    if wanted == "grpc" or (wanted == "" and _has_grpc()):
        try:
            from . import _grpc

            return _grpc
        except Exception:
            # installed but not usable, for example with a protobuf of another generation
            if wanted == "grpc":
                raise
    from . import _http

    return _http


def _has_grpc():
    import sys

    # as importlib.util.find_spec, which would have to be imported first
    return any(finder.find_spec("grpc", None) for finder in sys.meta_path if hasattr(finder, "find_spec"))
