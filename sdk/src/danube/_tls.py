"""TLS to the master, with the standard library."""

import ssl

from ._calls import Lost

_contexts = {}


def wrap(sock, host, ca, seconds):
    """The connection, encrypted, once the master has proved that it is `host`; `ca` is PEM of the authorities to trust.

    Without `ca` those count that this machine trusts. Raises Lost where the proof fails; nothing was sent then.
    """
    try:
        sock.settimeout(seconds)
        wrapped = _context(ca).wrap_socket(sock, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise Lost(f"cannot reach the master: the certificate of {host} is refused: {error.verify_message}") from error
    except (OSError, ValueError) as error:
        raise Lost(f"cannot reach the master: no TLS with {host}: {error}") from error
    wrapped.settimeout(None)
    return wrapped


def _context(ca):
    if ca not in _contexts:
        context = ssl.create_default_context(cadata=ca or None)
        # the default of Python 3.9 is what the system has
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        _contexts.clear()
        _contexts[ca] = context
        return context
    return _contexts[ca]
