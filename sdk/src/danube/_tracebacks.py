"""Tracebacks that show the user's frames only."""

import linecache
import os
import sys
import traceback

_sdk_folder = os.path.dirname(os.path.abspath(__file__)) + os.sep


def print_error(error, path, source):
    """Prints the error as Python would, without the frames of the SDK and its libraries around and below the user's."""
    lines = source.decode("utf-8", "replace").splitlines(keepends=True)
    # the file is shown as it ran, also where a step has changed it or the current directory since
    linecache.cache[path] = (len(source), None, lines, path)
    _hide_causes(error, set())
    shown = traceback.TracebackException(type(error), error, _without_launcher(error.__traceback__))
    _strip(shown, set())
    sys.stdout.flush()
    text = shown.format() if shown.stack else shown.format_exception_only()
    print("".join(text), end="", file=sys.stderr)


def describe(error, path):
    """One line: what went wrong, and in which line of the file."""
    message = str(getattr(error, "msg", None) or error).split("\n", 1)[0]
    if type(error).__module__ == "danube":
        return message
    words = f"{type(error).__name__}: {message}"
    if isinstance(error, SyntaxError) and error.filename == path:
        return f"{path} line {error.lineno}: {words}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return f"{path} line {lines[-1]}: {words}" if lines else f"{path}: {words}"


def _without_launcher(tb):
    while tb is not None and _is_ours(tb.tb_frame.f_code.co_filename):
        tb = tb.tb_next
    return tb


def _strip(shown, seen):
    """Cuts each stack where it enters the SDK: what is below are not the user's lines."""
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    for index, frame in enumerate(shown.stack):
        if _is_ours(frame.filename):
            del shown.stack[index:]
            break
    _strip(shown.__cause__, seen)
    _strip(shown.__context__, seen)


def _hide_causes(error, seen):
    """What lies behind an error of the SDK is its own affair."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    if type(error).__module__ == "danube":
        error.__cause__ = None
        error.__suppress_context__ = True
    _hide_causes(error.__cause__, seen)
    _hide_causes(error.__context__, seen)


def _is_ours(filename):
    return os.path.abspath(filename).startswith(_sdk_folder)
