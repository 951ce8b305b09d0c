"""Runs one more program in a container that runs already, and carries its input and output.

Reads what to run as a line of JSON from descriptor 3 and tells there what happens: started or error, then exit. Ends when
the program has ended and nobody holds its output open any more.
"""

import _thread
import json
import os

import linux
import program

control = os.fdopen(3, "r+b", buffering=0)


def tell(**event):
    control.write(json.dumps(event).encode() + b"\n")


def copy(source, target, done):
    try:
        while chunk := os.read(source, 65536):
            view = memoryview(chunk)
            while view:
                view = view[os.write(target, view) :]
    except OSError:
        pass  # the other side has gone
    finally:
        os.close(target)
        done.release()


def carry(source, target):
    done = _thread.allocate_lock()
    done.acquire()
    _thread.start_new_thread(copy, (source, target, done))
    return done


def run_inside(spec, streams):
    """Joins the container, starts the program and waits for it. In a process of its own: one that joins has no threads."""
    try:
        for name in ("user",) * spec["identity"]["mapped"] + ("ipc", "uts", "pid", "mnt"):
            linux.join_namespace(spec["pid"], name)
    except OSError as error:
        tell(error=f"container is not running: {error.strerror.lower()}")
        return 128

    def prepare():
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        control.close()

    pid, failure = program.start(spec, prepare)
    for stream in (*streams, 1, 2):
        os.close(stream)
    reason = os.read(failure, 65536).decode()
    tell(**({"error": reason} if reason else {"started": True}))
    return program.wait(pid)


def main():
    linux.die_with_parent()
    spec = json.loads(control.readline())
    inner_in, own_in = os.pipe() if spec["stdin"] else (os.open("/dev/null", os.O_RDONLY), None)
    own_out, inner_out = os.pipe()
    own_err, inner_err = os.pipe()
    inner = inner_in, inner_out, inner_err
    joined = os.fork()
    if joined == 0:
        for stream in (own_in, own_out, own_err):
            if stream is not None:
                os.close(stream)
        os._exit(run_inside(spec, inner))
    for stream in inner:
        os.close(stream)
    if own_in is not None:
        carry(0, own_in)
    outputs = [carry(own_out, 1), carry(own_err, 2)]
    code = program.wait(joined)
    for output in outputs:
        output.acquire()
    tell(exit=code)


main()
os._exit(0)
