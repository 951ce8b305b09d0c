import gzip
import hashlib
import io
import os
import stat
import tarfile
import tempfile
import unittest

from danube import ArtifactError
from danube._calls import Lost
from danube._links import leads_within
from danube._pack import pack
from danube._unpack import unpack


def archive(*entries):
    """A .tar.gz of `(name, TarInfo attributes, content)`."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, facts, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in facts.items():
                setattr(info, key, value)
            tar.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def link(target):
    return {"type": tarfile.SYMTYPE, "linkname": target}


class Unpacking(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dest = os.path.join(folder.name, "dest")

    def unpack(self, packed, max_bytes=1000, sha256=None):
        chunks = (packed[at : at + 100] for at in range(0, len(packed), 100))
        unpack(chunks, len(packed), sha256 or hashlib.sha256(packed).hexdigest(), self.dest, max_bytes)

    def assert_refused(self, message, *entries):
        with self.assertRaisesRegex(ArtifactError, message):
            self.unpack(archive(*entries))
        self.assertEqual(os.listdir(self.dest), [])
        self.assertEqual(os.listdir(os.path.dirname(self.dest)), ["dest"])

    def test_what_leads_out_of_the_folder_is_refused(self):
        for path in ("/evil", "../evil", "a/../../evil", "..", "a/.."):
            self.assert_refused("its path", (path, {}, b"x"))
        for target in ("/etc", "..", "../x", "a/../.."):
            self.assert_refused("leads out", ("l", link(target), b""))
        self.assert_refused("beneath", ("l", link("a"), b""), ("l/x", {}, b"x"))
        self.assert_refused("beneath", ("l", link("."), b""), ("./l/./m", link("x"), b""))
        self.assert_refused("another entry", ("l", link("a"), b""), ("l", {}, b"x"))
        self.assert_refused("another entry", ("l", link("a"), b""), ("l", {"type": tarfile.DIRTYPE}, b""))
        self.assert_refused("another entry", ("a", {}, b"x"), ("a/b", {}, b"x"))

    def test_other_kinds_and_bombs_are_refused(self):
        for kind in (tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
            self.assert_refused("no file, folder", ("a", {"type": kind, "linkname": "b"}, b""))
        self.assert_refused("larger than 1000 bytes", ("a", {}, b"x" * 600), ("b", {}, b"x" * 401))

    def test_what_is_damaged_on_its_way_is_asked_for_again(self):
        packed = archive(("a", {}, b"x"))
        for damaged in (packed[:-9], packed[:30], b"", b"x" + packed):
            with self.assertRaises(Lost):
                self.unpack(damaged, sha256=hashlib.sha256(packed).hexdigest())
            self.assertEqual(os.listdir(self.dest), [])

    def test_what_the_server_has_is_no_archive(self):
        for packed in (gzip.compress(b"text" * 1000), b"text" * 1000):
            with self.assertRaisesRegex(ArtifactError, "no sound archive"):
                self.unpack(packed)

    def test_files_are_replaced_and_others_stay(self):
        os.makedirs(os.path.join(self.dest, "d"))
        for name in ("d/old", "d/new"):
            with open(os.path.join(self.dest, name), "w") as file:
                file.write("before")
        os.symlink("/etc", os.path.join(self.dest, "l"))
        self.unpack(archive(("d/new", {"mode": 0o4755}, b"after"), ("l/x", {}, b"y")))
        with open(os.path.join(self.dest, "d/new")) as file:
            self.assertEqual(file.read(), "after")
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.dest, "d/new")).st_mode), 0o755)
        self.assertEqual(sorted(os.listdir(os.path.join(self.dest, "d"))), ["new", "old"])
        self.assertFalse(os.path.islink(os.path.join(self.dest, "l")))

    def test_a_folder_is_not_replaced_by_a_file(self):
        os.makedirs(os.path.join(self.dest, "a"))
        with self.assertRaisesRegex(ArtifactError, "is a folder"):
            self.unpack(archive(("a", {}, b"x")))

    def test_links_stay_within_where_their_target_climbs_no_higher_than_they_are(self):
        for target, depth in (("x", 0), ("./x/y", 0), ("..", 1), ("../../x", 2), (".", 0)):
            self.assertTrue(leads_within(target, depth), target)
        for target, depth in (("..", 0), ("../..", 1), ("x/..", 5), ("/x", 5), ("x\0", 5)):
            self.assertFalse(leads_within(target, depth), target)

    def test_a_file_that_becomes_shorter_while_it_is_read_is_no_artifact(self):
        os.makedirs(self.dest)
        path = os.path.join(self.dest, "file")
        with open(path, "wb") as file:
            file.write(os.urandom(3_000_000))
        pieces = pack(self.dest)
        next(pieces)
        os.truncate(path, 10)
        with self.assertRaisesRegex(ArtifactError, "became shorter"):
            list(pieces)
