"""Archives unpacked while they arrive, trusting nothing in them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib

from ._calls import Lost
from ._links import leads_within
from .errors import ArtifactError

_max_entries = 1_000_000
_read_bytes = 256 * 1024


def unpack(chunks, size, sha256, dest, max_bytes):
    """Unpacks beside the folder's content first, and moves it there once all of it has arrived as it was stored."""
    os.makedirs(dest, exist_ok=True)
    folder = os.path.realpath(tempfile.mkdtemp(prefix=".danube-", dir=dest))
    try:
        arriving = _Arriving(chunks)
        problem = None
        modes = []
        try:
            with tarfile.open(fileobj=arriving, mode="r|gz", bufsize=_read_bytes) as tar:
                _unpack_entries(tar, folder, max_bytes, modes)
        except (tarfile.TarError, EOFError, zlib.error) as error:
            problem = error
        if arriving.rest() != (size, sha256):
            raise Lost("the artifact was damaged on its way")
        if problem is not None:
            raise ArtifactError(f"the artifact is no sound archive: {problem}") from problem
        _merge(folder, dest)
        for path, mode in reversed(modes):
            os.chmod(os.path.join(dest, path), mode)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Arriving:
    """The chunks as a file to read from, and what they are together."""

    def __init__(self, chunks):
        self._chunks = chunks
        self._kept = b""
        self._size = 0
        self._hash = hashlib.sha256()

    def read(self, size):
        parts = [self._kept]
        have = len(self._kept)
        while have < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._size += len(chunk)
            self._hash.update(chunk)
            parts.append(chunk)
            have += len(chunk)
        together = b"".join(parts)
        self._kept = together[size:]
        return together[:size]

    def rest(self):
        """Reads on to the end. Size and digest of everything."""
        while self.read(_read_bytes):
            pass
        return self._size, self._hash.hexdigest()


def _unpack_entries(tar, folder, max_bytes, modes):
    count = 0
    left = max_bytes
    while True:
        entry = tar.next()
        if entry is None:
            return
        # tarfile would remember all of them
        tar.members.clear()
        count += 1
        left -= entry.size
        if count > _max_entries or left < 0:
            raise ArtifactError(f"the artifact is larger than {max_bytes} bytes or {_max_entries} entries")
        _unpack_entry(tar, entry, folder, modes)


def _unpack_entry(tar, entry, folder, modes):
    parts = [part for part in entry.name.split("/") if part not in ("", ".")]
    if entry.name.startswith("/") or ".." in parts or "\0" in entry.name:
        raise _refused(entry, "its path does not stay within the folder")
    if not parts:
        # the folder of the archive itself, as in "tar -C dist ."
        return
    try:
        target = os.path.join(_make_parent(entry, folder, parts[:-1]), parts[-1])
        if entry.isdir():
            if os.path.islink(target) or not os.path.isdir(target):
                os.mkdir(target, 0o700)
            modes.append((os.path.join(*parts), entry.mode & 0o777))
        elif entry.issym():
            if not leads_within(entry.linkname, len(parts) - 1):
                raise _refused(entry, "it is a symbolic link that leads out of the folder")
            os.symlink(entry.linkname, target)
        elif entry.isreg() and not entry.issparse():
            _write_file(tar.extractfile(entry), entry, target)
        else:
            raise _refused(entry, "it is no file, folder or symbolic link")
    except (FileExistsError, NotADirectoryError) as error:
        raise _refused(entry, "another entry has its path") from error


def _make_parent(entry, folder, parts):
    for part in parts:
        folder = os.path.join(folder, part)
        if os.path.islink(folder):
            raise _refused(entry, "it lies beneath a symbolic link")
        if not os.path.isdir(folder):
            os.mkdir(folder, 0o700)
    return folder


def _write_file(content, entry, target):
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(target, flags, 0o600), "wb", buffering=0) as file:
        shutil.copyfileobj(content, file, _read_bytes)
        os.fchmod(file.fileno(), entry.mode & 0o777)
    os.utime(target, (entry.mtime, entry.mtime))


def _merge(source, dest):
    for name in os.listdir(source):
        new = os.path.join(source, name)
        old = os.path.join(dest, name)
        old_is_folder = os.path.isdir(old) and not os.path.islink(old)
        if os.path.isdir(new) and not os.path.islink(new):
            if old_is_folder:
                _merge(new, old)
                continue
            if os.path.lexists(old):
                os.unlink(old)
        elif old_is_folder:
            raise ArtifactError(f"{old} is a folder, where the artifact has a file")
        os.replace(new, old)


def _refused(entry, why):
    return ArtifactError(f"the artifact is refused: {entry.name!r}: {why}")
