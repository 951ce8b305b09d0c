"""The follow program against folders as a supervisor leaves them, over real pipes."""

import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

program = pathlib.Path(__file__).parent.parent / "src" / "danube" / "_follow_outputs.py"
header = struct.Struct(">BIQI")
out, err, exit_, gone = 1, 2, 3, 4


class FollowOutputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def follow(self, have=None, ended=()):
        child = subprocess.Popen(
            [sys.executable, program, self.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.addCleanup(self.finish, child)
        child.stdin.write(json.dumps({"have": have or {}, "ended": list(ended)}).encode() + b"\n")
        child.stdin.flush()
        return child

    def finish(self, child):
        child.stdin.close()
        self.assertEqual(child.wait(10), 0, child.stderr.read().decode())
        child.stdout.close()
        child.stderr.close()

    def frame(self, child):
        kind, sequence, offset, length = header.unpack(child.stdout.read(header.size))
        return kind, sequence, offset, child.stdout.read(length)

    def process(self, sequence, **files):
        folder = self.root / str(sequence)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return folder

    def read_until_end(self, child):
        streams = {out: b"", err: b""}
        while True:
            kind, _, offset, content = self.frame(child)
            if kind not in streams:
                return streams[out], streams[err], kind, content
            self.assertEqual(offset, len(streams[kind]))
            streams[kind] += content

    def test_tells_output_and_end_of_a_process_that_has_ended(self):
        self.process(3, out=b"said\n", err=b"\xff\x00", exit=b"7 1 2 kept\n" + b" " * 117)
        self.assertEqual(self.read_until_end(self.follow()), (b"said\n", b"\xff\x00", exit_, b"7 1 2 kept\n"))

    def test_goes_on_where_the_master_stands_and_leaves_out_what_it_has(self):
        self.process(1, out=b"old", err=b"", exit=b"0 1 2 kept\n")
        self.process(2, out=b"0123456789", err=b"", exit=b"0 1 2 kept\n")
        child = self.follow({"2": [4, 0]}, ended=[1])
        self.assertEqual(self.frame(child), (out, 2, 4, b"456789"))
        self.assertEqual(self.frame(child)[:2], (exit_, 2))

    def test_tells_output_as_it_grows_and_processes_as_they_come(self):
        child = self.follow()
        folder = self.process(1, out=b"")
        with open(folder / "out", "ab", buffering=0) as file:
            for word in (b"one", b"two"):
                file.write(word)
                self.assertEqual(self.frame(child)[3], word)
        (folder / "exit").write_bytes(b" " * 127 + b"\n")
        self.process(2, out=b"other")
        self.assertEqual(self.frame(child), (out, 2, 0, b"other"))
        (folder / "exit").write_bytes(b"0 1 2 kept\n")
        self.assertEqual(self.frame(child)[:2], (exit_, 1))

    def test_sends_all_of_a_large_output_before_the_end(self):
        content = os.urandom(3_000_000)
        self.process(1, out=content, err=b"", exit=b"0 1 2 cut\n")
        sent, _, kind, _ = self.read_until_end(self.follow())
        self.assertEqual((sent == content, kind), (True, exit_))

    def test_says_that_a_supervisor_is_gone_after_what_it_has_written(self):
        folder = self.process(1, out=b"last words", err=b"", exit=b" " * 127 + b"\n")
        os.mkfifo(folder / "alive")
        supervisor = os.open(folder / "alive", os.O_RDWR)
        child = self.follow()
        self.assertEqual(self.frame(child), (out, 1, 0, b"last words"))
        os.close(supervisor)
        self.assertEqual(self.frame(child)[:2], (gone, 1))

    def test_says_so_also_where_it_came_too_late_to_see_it_alive(self):
        folder = self.process(1, out=b"", err=b"")
        os.mkfifo(folder / "alive")
        os.utime(folder / "alive", (1, 1))
        self.assertEqual(self.frame(self.follow())[:2], (gone, 1))

    def test_a_record_that_came_with_the_end_of_the_supervisor_counts(self):
        folder = self.process(1, out=b"", err=b"")
        os.mkfifo(folder / "alive")
        supervisor = os.open(folder / "alive", os.O_RDWR)
        child = self.follow()
        (folder / "exit").write_bytes(b"5 1 2 kept\n")
        os.close(supervisor)
        self.assertEqual(self.frame(child), (exit_, 1, 0, b"5 1 2 kept\n"))

    def test_ends_with_its_master(self):
        self.process(1, out=b"x" * 10_000_000, err=b"")
        child = self.follow()
        child.stdin.close()
        self.assertEqual(child.wait(10), 0)


if __name__ == "__main__":
    unittest.main()
