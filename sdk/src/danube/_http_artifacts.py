"""Artifacts over HTTP: the archive is the body as it is."""

from urllib.parse import urlencode

from . import _http, _json
from ._calls import Lost

_head_limit_bytes = 64 * 1024


def upload(connection, request, archive):
    """Sends the pieces as they come, until all are sent or the master has answered."""
    query = urlencode({**request, "replace": "true" if request["replace"] else "false"})
    path = f"/rpc/upload-artifact?{query}"
    head = _http.head(connection, path, "Transfer-Encoding: chunked", version="1.1", kind="application/gzip")
    sock = _http.connect(connection)
    try:
        answer = _send(sock, head, archive)
        for _ in _http.successful(_http.lines(sock, answer)):
            pass
    except OSError as error:
        raise Lost(f"the connection broke: {error}") from error
    finally:
        sock.close()


def _send(sock, head, archive):
    """What has arrived of the answer before the end."""
    answer = b""
    try:
        sock.sendall(head)
        for piece in archive:
            sock.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
            answer = _arrived(sock)
            if answer:
                break
        sock.sendall(b"0\r\n\r\n")
    except OSError:
        # a refusal may have arrived before the connection was closed
        pass
    return answer


def _arrived(sock):
    sock.settimeout(0)
    try:
        return sock.recv(_head_limit_bytes)
    except OSError:
        # nothing yet, or a broken connection, on which sending fails as well
        return b""
    finally:
        sock.settimeout(None)


def download(connection, request):
    """Size and SHA-256 of the archive, and its pieces as they come."""
    body = _json.encode(request).encode("ascii")
    head = _http.head(connection, "/rpc/download-artifact", f"Content-Length: {len(body)}")
    sock = _http.connect(connection)
    try:
        sock.sendall(head + body)
        fields, begin = _read_head(sock)
        if not fields["status"].endswith(" 200 OK"):
            for _ in _http.successful(_http.lines(sock, fields["head"] + begin)):
                pass
        size, sha256 = int(fields["content-length"]), fields["etag"].strip('"')
    except (OSError, KeyError, ValueError) as error:
        sock.close()
        raise Lost(f"the connection broke: {error}") from error
    except BaseException:
        sock.close()
        raise
    return size, sha256, _pieces(sock, begin, size)


def _read_head(sock):
    received = b""
    while b"\r\n\r\n" not in received:
        piece = sock.recv(_head_limit_bytes)
        if not piece or len(received) > _head_limit_bytes:
            raise Lost("the connection was closed before the answer")
        received += piece
    head, _, begin = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return {**fields, "status": status, "head": head + b"\r\n\r\n"}, begin


def _pieces(sock, begin, size):
    try:
        left = size - len(begin)
        if begin:
            yield begin
        while left > 0:
            piece = sock.recv(_http.chunk_bytes)
            if not piece:
                raise Lost("the connection was closed within the answer")
            left -= len(piece)
            yield piece
    except OSError as error:
        raise Lost(f"the connection broke: {error}") from error
    finally:
        sock.close()
