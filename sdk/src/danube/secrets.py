"""Secrets: values that the server keeps and gives to the jobs that may have them."""

from __future__ import annotations

from . import _job
from .errors import RequestRefused, SecretNotFound


def get(name: str) -> str:
    """Returns a secret: of those of this name the pipeline's own, else its team's, else the one of the instance.

    The value is the one from when the job started. It stands in no environment and no file; in the job's log it is
    replaced by ***, also in base64, URL encoding and JSON. Pass it to a command on its stdin or in a file rather than in
    an argument, which other processes of the machine may see.

    Raises:
        SecretNotFound: The job has no secret of this name.
        RequestRefused: It may have none: `code` is `secrets_withheld` for a pull request from a fork.
        MasterUnavailable: The master did not answer until the job's deadline. A restart of the master is a pause.
        NotInJob: This process does not run the danubefile.py of a job.
    """
    if not isinstance(name, str):
        raise TypeError("name must be a str: the name of a secret")
    job = _job.current()
    job.stop_at_unread_failures()
    try:
        return job.get_secret(name)
    except RequestRefused as error:
        if error.code == "secret_not_found":
            raise SecretNotFound(error.code, error.message) from None
        raise
