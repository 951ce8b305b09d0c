"""Archives of files and folders, made while they are read."""

from __future__ import annotations

import os
import stat
import tarfile
import zlib

from ._links import leads_within
from .errors import ArtifactError

_read_bytes = 256 * 1024
_sample_bytes = 1024 * 1024
_kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def pack(path):
    """Pieces of a .tar.gz archive of a file or of all that is in a folder."""
    return _compressed(_tar(path))


def _tar(path):
    for name, place, facts in _entries(path):
        info = _header(name, place, facts)
        yield info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
        if info.isreg():
            yield from _content(place, info.size)
            yield bytes(-info.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _entries(path):
    """Name in the archive, path and facts; folders before what is in them, always in the same order."""
    try:
        facts = os.stat(path)
        if not stat.S_ISDIR(facts.st_mode):
            yield os.path.basename(os.path.abspath(path)), path, facts
            return
        pending = [("", path)]
        while pending:
            prefix, folder = pending.pop()
            for name in sorted(os.listdir(folder)):
                place = os.path.join(folder, name)
                facts = os.lstat(place)
                yield prefix + name, place, facts
                if stat.S_ISDIR(facts.st_mode):
                    pending.append((prefix + name + "/", place))
    except OSError as error:
        raise _unreadable(error, path) from error


def _header(name, place, facts):
    info = tarfile.TarInfo(name)
    info.mode = stat.S_IMODE(facts.st_mode) & 0o777
    info.mtime = int(facts.st_mtime)
    if stat.S_ISREG(facts.st_mode):
        info.size = facts.st_size
    elif stat.S_ISDIR(facts.st_mode):
        info.type = tarfile.DIRTYPE
    elif stat.S_ISLNK(facts.st_mode):
        info.type = tarfile.SYMTYPE
        info.linkname = os.readlink(place)
        if not leads_within(info.linkname, name.count("/")):
            raise ArtifactError(f"{place} is a symbolic link to {info.linkname}, which leads out of what is uploaded")
    else:
        kind = _kinds.get(stat.S_IFMT(facts.st_mode), "of another kind")
        raise ArtifactError(f"{place} is {kind}; artifacts hold files, folders and symbolic links")
    return info


def _content(place, size):
    try:
        with open(place, "rb", buffering=0) as file:
            left = size
            while left > 0:
                piece = file.read(min(left, _read_bytes))
                if not piece:
                    raise ArtifactError(f"{place} became shorter while it was read")
                left -= len(piece)
                yield piece
    except OSError as error:
        raise _unreadable(error, place) from error


def _unreadable(error, path):
    message = f"{error.filename or path} cannot be read: {error.strerror}"
    if isinstance(error, PermissionError):
        message += (
            f"; danubefile.py runs as user {os.getuid()}, and a step that runs as another one must let it read what it "
            "leaves, for example with chmod -R a+rX"
        )
    return ArtifactError(message)


def _compressed(pieces):
    """gzip at the lowest level, or none at all where the beginning shows that it would not pay."""
    begin = bytearray()
    for piece in pieces:
        begin += piece
        if len(begin) >= _sample_bytes:
            break
    pays = len(zlib.compress(begin, 1)) < 0.9 * len(begin)
    packer = zlib.compressobj(1 if pays else 0, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    made = bytearray(packer.compress(begin))
    for piece in pieces:
        made += packer.compress(piece)
        if len(made) >= _read_bytes:
            yield bytes(made)
            made.clear()
    yield bytes(made) + packer.flush()
