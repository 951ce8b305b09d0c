"""Tells the master what the supervised processes of a pod write, and how they end.

The master runs this in the coordinator's container, over a stream that may be cut at any time: then it is run anew. It is
asked with one line of JSON, `{"have": {"<sequence>": [stdout bytes, stderr bytes]}, "ended": [<sequence>, ...]}`, and answers
with frames: kind (1 byte), sequence (4), offset (8), length (4), all big-endian, and as many bytes of content. It ends when
its input does, or when the master has said nothing more for a while: a broken stream may never close.
"""

import ctypes
import json
import os
import re
import select
import struct
import sys
import time

header = struct.Struct(">BIQI")
stdout_frame, stderr_frame, exit_frame, gone_frame, beat_frame = range(1, 6)

output_frames = {"out": stdout_frame, "err": stderr_frame}

chunk_bytes = 64 * 1024
# while output flows: as many wakes as it has writes would cost more than the output
flow_pause_seconds = 0.005
# finds what no event tells
safety_poll_seconds = 1.0
poll_without_events_seconds = 0.05
# between making the pipe and opening it
settle_seconds = 5
beat_seconds = 10
silence_seconds = 120
# IN_MODIFY, IN_CLOSE_WRITE, IN_MOVED_TO, IN_CREATE
changes = 0x2 | 0x8 | 0x80 | 0x100

_exit_record = re.compile(rb"\d+ \d+ \d+ (kept|cut)\n")


class MasterGone(Exception):
    """Nobody listens any more."""


class Master:
    """The two ends of the stream."""

    def __init__(self):
        self.heard = self.told = time.monotonic()
        os.set_blocking(1, False)

    def asked(self):
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(0, 1)
            if not byte:
                raise MasterGone
            line += byte
        os.set_blocking(0, False)
        return json.loads(line)

    def send(self, kind, sequence=0, offset=0, content=b""):
        left = memoryview(header.pack(kind, sequence, offset, len(content)) + content)
        while left:
            try:
                left = left[os.write(1, left) :]
            except BlockingIOError:
                # a slow master is waited for, a dead one is not
                poll = select.poll()
                poll.register(1, select.POLLOUT)
                poll.register(0, select.POLLIN)
                poll.poll(1000)
                self.listen()
        self.told = time.monotonic()

    def listen(self):
        try:
            if os.read(0, 4096) == b"":
                raise MasterGone
            self.heard = time.monotonic()
        except BlockingIOError:
            if time.monotonic() - self.heard > silence_seconds:
                raise MasterGone from None

    def beat(self):
        if time.monotonic() - self.told >= beat_seconds:
            self.send(beat_frame)


class Process:
    """The folder of one supervised process, read from where the master has it."""

    def __init__(self, folder, sequence, have):
        self.folder = folder
        self.sequence = sequence
        self.offsets = dict(zip(("out", "err"), have))
        self.files = {}
        self.alive = None
        self.seen_alive = False
        self.ended = False

    def advance(self, master):
        """Sends what is new; answers the size of the largest piece."""
        record = self._exit_record()
        gone = record is None and self._is_gone()
        if gone:
            # the record may have been written between the two questions
            record = self._exit_record()
        limits = {name: self._size(name) if record or gone else None for name in self.offsets}
        pieces = [self._send(name, kind, limits[name], master) for name, kind in output_frames.items()]
        if record or gone:
            for name, kind in output_frames.items():
                while self._send(name, kind, limits[name], master):
                    pass
            master.send(exit_frame if record else gone_frame, self.sequence, 0, record or b"")
            self.close()
        return max(pieces)

    def close(self):
        self.ended = True
        for file in [*self.files.values(), self.alive]:
            if file is not None:
                os.close(file)
        self.files, self.alive = {}, None

    def _send(self, name, kind, limit, master):
        file = self._open(name)
        if file is None:
            return 0
        offset = self.offsets[name]
        content = os.pread(file, chunk_bytes if limit is None else min(chunk_bytes, limit - offset), offset)
        if content:
            master.send(kind, self.sequence, offset, content)
            self.offsets[name] += len(content)
        return len(content)

    def _size(self, name):
        file = self._open(name)
        return 0 if file is None else os.fstat(file).st_size

    def _open(self, name):
        if name not in self.files:
            try:
                self.files[name] = os.open(os.path.join(self.folder, name), os.O_RDONLY)
            except FileNotFoundError:
                return None
        return self.files[name]

    def _exit_record(self):
        try:
            with open(os.path.join(self.folder, "exit"), "rb") as file:
                match = _exit_record.match(file.read(256))
        except FileNotFoundError:
            return None
        return match and match.group()

    def _is_gone(self):
        """Whether its supervisor has ended: it holds the pipe open for as long as it lives, once it has made it."""
        try:
            if self.alive is None:
                self.alive = os.open(os.path.join(self.folder, "alive"), os.O_RDONLY | os.O_NONBLOCK)
            if os.read(self.alive, 1) != b"":
                return False
            return self.seen_alive or time.time() - os.fstat(self.alive).st_mtime > settle_seconds
        except BlockingIOError:
            self.seen_alive = True
        except FileNotFoundError:
            pass
        return False


class Changes:
    """Sleeps until there may be something new; without the system's events it looks often."""

    def __init__(self):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.events = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)

    def watch(self, folder):
        if self.events >= 0:
            self.libc.inotify_add_watch(self.events, os.fsencode(folder), changes)

    def wait(self, processes):
        poll = select.poll()
        poll.register(0, select.POLLIN)
        if self.events >= 0:
            poll.register(self.events, select.POLLIN)
        for process in processes:
            if process.alive is not None and process.seen_alive:
                poll.register(process.alive, 0)
        poll.poll((safety_poll_seconds if self.events >= 0 else poll_without_events_seconds) * 1000)
        self._forget()

    def _forget(self):
        try:
            while self.events >= 0 and os.read(self.events, 65536):
                pass
        except BlockingIOError:
            pass


def follow(root, master):
    asked = master.asked()
    have = {int(sequence): offsets for sequence, offsets in asked["have"].items()}
    known = set(asked["ended"])
    processes = []
    wakes = Changes()
    wakes.watch(root)
    while True:
        for entry in os.listdir(root):
            if entry.isdigit() and int(entry) not in known:
                sequence = int(entry)
                known.add(sequence)
                processes.append(Process(os.path.join(root, entry), sequence, have.get(sequence, (0, 0))))
                wakes.watch(processes[-1].folder)
        largest = max((process.advance(master) for process in processes), default=0)
        processes = [process for process in processes if not process.ended]
        master.listen()
        master.beat()
        if largest == 0:
            wakes.wait(processes)
        elif largest < chunk_bytes:
            time.sleep(flow_pause_seconds)


if __name__ == "__main__":
    try:
        follow(sys.argv[1], Master())
    except (MasterGone, BrokenPipeError):
        pass
