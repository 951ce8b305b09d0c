"""Artifacts: files and folders that outlive the job's workspace."""

from __future__ import annotations

import os

from . import _job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

    Path = Union[str, os.PathLike[str]]

_default_max_bytes = 100 * 1024**3


def upload(path: Path, name: str, *, replace: bool = False) -> None:
    """Stores a file, or all that is in a folder, as an artifact of this job.

    Returns when the server has all of it on its disk. Modes and symbolic links are kept, owners are not. The content is
    streamed as it is read: files must not change meanwhile.

    Args:
        path: The file or folder; relative ones are those of the current directory, which is the workspace at the start.
        name: 1 to 100 letters, digits, `.`, `_`, `+` or `-`, unique within the job.
        replace: Whether it may take the place of an artifact with this name and other content. The same content again is
            always accepted.

    Raises:
        ArtifactError: There is nothing at `path`, something of it cannot be read, is a device, pipe or socket, or is a
            symbolic link that leads out of the folder.
        RequestRefused: The server takes no such artifact: `code` is `artifact_exists` for a name that is taken,
            `artifact_quota_exceeded` where the artifacts of the job become too large, `storage_full`, and others.
        MasterUnavailable: The master did not answer until the job's deadline. A lost connection or a restart of the
            master is a pause: the upload begins anew.
        NotInJob: This process does not run the danubefile.py of a job.
    """
    from ._pack import pack

    _check_name(name)
    job = _job.current()
    job.stop_at_unread_failures()
    path = os.fspath(path)

    def attempt(transport, connection, job_id):
        request = {"job_id": job_id, "artifact_name": name, "replace": replace}
        transport.upload_artifact(connection, request, pack(path))

    job.transfer(attempt)


def download(name: str, dest: Path, *, max_bytes: int = _default_max_bytes) -> None:
    """Unpacks an artifact of this job into a folder.

    The content is checked as a whole before anything appears in the folder. What is there already stays, and files of the
    same name are replaced; a file that was uploaded by itself has its own name again.

    Args:
        name: The name that it was uploaded with.
        dest: The folder, which is made where it is missing.
        max_bytes: How much it may unpack to.

    Raises:
        ArtifactError: The artifact has what must not be unpacked, or is larger than `max_bytes`.
        RequestRefused: `code` is `artifact_not_found` where the job has no artifact of this name.
        OSError: The folder cannot be written to.
        MasterUnavailable: The master did not answer until the job's deadline.
        NotInJob: This process does not run the danubefile.py of a job.
    """
    from ._unpack import unpack

    _check_name(name)
    job = _job.current()
    job.stop_at_unread_failures()
    dest = os.fspath(dest)

    def attempt(transport, connection, job_id):
        request = {"job_id": job_id, "artifact_name": name}
        size, sha256, chunks = transport.download_artifact(connection, request)
        try:
            unpack(chunks, size, sha256, dest, max_bytes)
        finally:
            chunks.close()

    job.transfer(attempt)


def _check_name(name):
    if not isinstance(name, str):
        raise TypeError("name must be a str: the name of an artifact")
