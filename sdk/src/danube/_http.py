"""JSON over HTTP with the standard library alone.

HTTP/1.0 over a bare socket: an answer ends with its connection, so that no framing has to be understood, and importing
socket and http.client would cost every job more time than the call itself.
"""

from binascii import a2b_base64

try:
    import _socket as socket
except ImportError:
    import socket

from . import _json
from ._calls import Lost
from .errors import RequestRefused

_connect_seconds = 10
chunk_bytes = 256 * 1024
_body_limit_bytes = 4 * 1024 * 1024


def run_step(connection, request, receive):
    """Asks for a step; `receive(stream, bytes)` gets its output. Returns the facts of its end."""
    for line in _answer(connection, "/rpc/run-step", request):
        message = _decode(line)
        for stream in ("stdout", "stderr"):
            if stream in message:
                receive(stream, a2b_base64(message[stream]))
        if "exit" in message:
            return message["exit"]
        if "error" in message:
            raise _failure(message)
    raise Lost("the connection was closed within the answer")


def get_secret(connection, request):
    for line in _answer(connection, "/rpc/get-secret", request):
        return _decode(line)["value"]
    raise Lost("the connection was closed within the answer")


def upload_artifact(connection, request, archive):
    """Sends the pieces of an archive."""
    from . import _http_artifacts

    _http_artifacts.upload(connection, request, archive)


def download_artifact(connection, request):
    """Size and SHA-256 of the archive, and its pieces as they come."""
    from . import _http_artifacts

    return _http_artifacts.download(connection, request)


def report_status(connection, report):
    for _ in _answer(connection, "/rpc/report-status", report):
        pass


def _answer(connection, path, message):
    """The lines of a successful answer."""
    body = _json.encode(message).encode("ascii")
    if len(body) > _body_limit_bytes:
        # the master would refuse it in the middle, which looks like a lost connection from here
        raise RequestRefused(
            "request_too_large", f"the request has {len(body)} bytes; the master takes at most {_body_limit_bytes}"
        )
    try:
        yield from successful(_post(connection, path, body))
    except OSError as error:
        raise Lost(f"the connection broke: {error}") from error


def successful(answer):
    """The lines of an answer after its head; an answer without success is an error."""
    words = next(answer, b"").split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
        raise Lost("the connection was closed before the answer")
    while next(answer, b""):
        pass
    if words[1] != b"200":
        raise _failure(_decode(b"".join(answer), f"HTTP status {words[1].decode()}"))
    yield from answer


def _post(connection, path, body):
    sock = connect(connection)
    try:
        sock.sendall(head(connection, path, f"Content-Length: {len(body)}") + body)
        yield from lines(sock)
    finally:
        sock.close()


def head(connection, path, length, version="1.0", kind="application/json"):
    """The head of a request, whose answer ends with the connection."""
    _, host, port = _address(connection["rpc_url"])
    fields = [
        f"POST {path} HTTP/{version}",
        f"Host: {host}:{port}",
        f"Authorization: Bearer {connection['token']}",
        f"Content-Type: {kind}",
        "Connection: close",
        length,
    ]
    if connection.get("traceparent"):
        fields.append(f"traceparent: {connection['traceparent']}")
    return "\r\n".join([*fields, "", ""]).encode("latin-1")


def connect(connection):
    """A connection to the master, encrypted where its address says so."""
    secure, host, port = _address(connection["rpc_url"])
    sock = _connect(host, port)
    if not secure:
        return sock
    # importing ssl takes several times as long as the rest of the SDK
    from . import _tls

    try:
        return _tls.wrap(sock, host, connection.get("ca"), _connect_seconds)
    except BaseException:
        sock.close()
        raise


def _address(url):
    """Whether TLS is spoken there, the host and the port."""
    scheme, _, rest = url.partition("://")
    place = rest.partition("/")[0]
    if place[-1:] == "]" or ":" not in place:
        place += ":443" if scheme == "https" else ":80"
    host, _, port = place.rpartition(":")
    if scheme not in ("http", "https") or not port.isdigit():
        raise Lost(f"rpc_url is {url!r}; it must be https://host:port or http://host:port")
    return scheme == "https", host.strip("[]"), int(port)


def _connect(host, port):
    problem = None
    try:
        # of text, Python would import its codec for international names first
        name = host.encode("ascii") if host.isascii() else host
        found = socket.getaddrinfo(name, port, 0, socket.SOCK_STREAM)
    except OSError as error:
        raise Lost(f"cannot reach the master: {host} is unknown: {error}") from error
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(_connect_seconds)
            sock.connect(address)
        except OSError as error:
            problem = error
            sock.close()
            continue
        # a step may be silent for hours: only the kernel's probes tell a silent master from a dead machine
        sock.settimeout(None)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
            if hasattr(socket, option):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
        return sock
    raise Lost(f"cannot reach the master: no connection to {host}:{port}: {problem}")


def lines(sock, begin=b""):
    """What arrives, by lines; `begin` has arrived already."""
    buffer = bytearray(begin)
    searched = 0
    while True:
        end = buffer.find(b"\n", searched)
        if end >= 0:
            line = bytes(buffer[:end])
            del buffer[: end + 1]
            searched = 0
            yield line.rstrip(b"\r")
            continue
        searched = len(buffer)
        chunk = sock.recv(chunk_bytes)
        if not chunk:
            if buffer:
                yield bytes(buffer)
            return
        buffer += chunk


def _decode(line, otherwise="the answer"):
    try:
        message = _json.decode(line.decode("utf-8"))
    except ValueError:
        message = None
    if isinstance(message, dict):
        return message
    # not the master's words: something else listens there, or the line was cut off
    raise Lost(f"{otherwise} is not from a Danube master")


def _failure(message):
    error = message.get("error")
    if not isinstance(error, dict) or "code" not in error:
        return Lost("the answer is not from a Danube master")
    if error.get("retryable"):
        return Lost(error.get("message"))
    return RequestRefused(error["code"], error.get("message"))
