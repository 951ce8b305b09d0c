"""The control plane over gRPC, with grpcio."""

import _thread

import grpc

from ._calls import Lost
from ._generated.coordinator_pb2 import (
    ArtifactChunk,
    DownloadArtifactRequest,
    GetSecretRequest,
    RunStepRequest,
    StatusReport,
)
from ._generated.coordinator_pb2_grpc import CoordinatorServiceStub
from .errors import RequestRefused

_options = (
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.max_receive_message_length", -1),
    # otherwise a new channel would share the old one's pause after a failed connection
    ("grpc.use_local_subchannel_pool", 1),
)
_passing = (
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.ABORTED,
)
_exit_facts = ("exit_code", "status", "reason", "started_at_ms", "finished_at_ms", "stdout_skipped", "stderr_skipped")

_lock = _thread.allocate_lock()
_channels = {}


def run_step(connection, request, receive):
    """Asks for a step; `receive(stream, bytes)` gets its output. Returns the facts of its end."""
    try:
        outputs = _stub(connection).RunStep(RunStepRequest(**request), metadata=_metadata(connection))
        for output in outputs:
            kind = output.WhichOneof("output")
            if kind == "exit_code":
                return {fact: getattr(output, fact) for fact in _exit_facts}
            if kind is not None:
                receive(kind, getattr(output, kind))
    except grpc.RpcError as error:
        raise _failure(connection, error) from error
    raise Lost("the stream ended within the answer")


def get_secret(connection, request):
    try:
        return _stub(connection).GetSecret(GetSecretRequest(**request), metadata=_metadata(connection)).value
    except grpc.RpcError as error:
        raise _failure(connection, error) from error


def upload_artifact(connection, request, archive):
    """Sends the pieces of an archive as the master takes them."""
    problems = []

    def messages():
        try:
            yield ArtifactChunk(**request)
            for data in archive:
                yield ArtifactChunk(data=data)
        except Exception as error:
            # grpc cancels the call and tells nobody why
            problems.append(error)
            raise

    try:
        _stub(connection).UploadArtifact(messages(), metadata=_metadata(connection))
    except grpc.RpcError as error:
        raise (problems[0] if problems else _failure(connection, error)) from error


def download_artifact(connection, request):
    """Size and SHA-256 of the archive, and its pieces as they come."""
    messages = _stub(connection).DownloadArtifact(DownloadArtifactRequest(**request), metadata=_metadata(connection))

    def received():
        try:
            for message in messages:
                yield message
        except grpc.RpcError as error:
            raise _failure(connection, error) from error
        finally:
            messages.cancel()

    answer = received()
    first = next(answer, None)
    if first is None:
        raise Lost("the stream ended before the answer")
    return first.size_bytes, first.sha256, (message.data for message in answer)


def report_status(connection, report):
    try:
        _stub(connection).ReportStatus(StatusReport(**report), metadata=_metadata(connection))
    except grpc.RpcError as error:
        raise _failure(connection, error) from error


def _stub(connection):
    with _lock:
        key = _key(connection)
        if key not in _channels:
            _channels.clear()
            _channels[key] = _channel(*key)
        return CoordinatorServiceStub(_channels[key])


def _key(connection):
    """What a channel is for; the scheme of the JSON control plane holds for this one too."""
    return connection["grpc_address"], connection["rpc_url"].startswith("https:"), connection.get("ca")


def _channel(address, secure, ca):
    if not secure:
        return grpc.insecure_channel(address, _options)
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(ca.encode() if ca else None), _options)


def _metadata(connection):
    metadata = [("authorization", f"Bearer {connection['token']}")]
    if connection.get("traceparent"):
        metadata.append(("traceparent", connection["traceparent"]))
    return metadata


def _failure(connection, error):
    trailing = dict(error.trailing_metadata() or ())
    retryable = trailing.get("danube-retryable")
    if retryable == "true" or (retryable is None and error.code() in _passing):
        with _lock:
            _channels.pop(_key(connection), None)
        # without the master's word on it, the master was not reached
        return Lost(error.details() if retryable else f"cannot reach the master: {error.details()}")
    code = trailing.get("danube-error-code", error.code().name.lower())
    return RequestRefused(code, error.details())
