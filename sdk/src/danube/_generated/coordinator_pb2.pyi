from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class ArtifactChunk(_message.Message):
    __slots__ = ["artifact_name", "data", "job_id", "replace", "sha256", "size_bytes"]
    ARTIFACT_NAME_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    REPLACE_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    artifact_name: str
    data: bytes
    job_id: str
    replace: bool
    sha256: str
    size_bytes: int
    def __init__(self, data: _Optional[bytes] = ..., job_id: _Optional[str] = ..., artifact_name: _Optional[str] = ..., replace: bool = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class DownloadArtifactRequest(_message.Message):
    __slots__ = ["artifact_name", "job_id"]
    ARTIFACT_NAME_FIELD_NUMBER: _ClassVar[int]
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    artifact_name: str
    job_id: str
    def __init__(self, job_id: _Optional[str] = ..., artifact_name: _Optional[str] = ...) -> None: ...

class Empty(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetSecretRequest(_message.Message):
    __slots__ = ["job_id", "key"]
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    job_id: str
    key: str
    def __init__(self, job_id: _Optional[str] = ..., key: _Optional[str] = ...) -> None: ...

class GetSecretResponse(_message.Message):
    __slots__ = ["value"]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    value: str
    def __init__(self, value: _Optional[str] = ...) -> None: ...

class RunStepRequest(_message.Message):
    __slots__ = ["capture_limit_bytes", "command", "env", "follow", "image", "job_id", "sequence", "stderr_offset", "stdout_offset", "step_name", "timeout_seconds"]
    class EnvEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CAPTURE_LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    ENV_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STDERR_OFFSET_FIELD_NUMBER: _ClassVar[int]
    STDOUT_OFFSET_FIELD_NUMBER: _ClassVar[int]
    STEP_NAME_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    capture_limit_bytes: int
    command: str
    env: _containers.ScalarMap[str, str]
    follow: bool
    image: str
    job_id: str
    sequence: int
    stderr_offset: int
    stdout_offset: int
    step_name: str
    timeout_seconds: int
    def __init__(self, job_id: _Optional[str] = ..., step_name: _Optional[str] = ..., command: _Optional[str] = ..., env: _Optional[_Mapping[str, str]] = ..., timeout_seconds: _Optional[int] = ..., sequence: _Optional[int] = ..., image: _Optional[str] = ..., follow: bool = ..., stdout_offset: _Optional[int] = ..., stderr_offset: _Optional[int] = ..., capture_limit_bytes: _Optional[int] = ...) -> None: ...

class StatusReport(_message.Message):
    __slots__ = ["error_message", "job_id", "status"]
    ERROR_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    error_message: str
    job_id: str
    status: str
    def __init__(self, job_id: _Optional[str] = ..., status: _Optional[str] = ..., error_message: _Optional[str] = ...) -> None: ...

class StepOutput(_message.Message):
    __slots__ = ["exit_code", "finished_at_ms", "reason", "started_at_ms", "status", "stderr", "stderr_skipped", "stdout", "stdout_skipped"]
    EXIT_CODE_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    STDERR_FIELD_NUMBER: _ClassVar[int]
    STDERR_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    STDOUT_FIELD_NUMBER: _ClassVar[int]
    STDOUT_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    exit_code: int
    finished_at_ms: int
    reason: str
    started_at_ms: int
    status: str
    stderr: bytes
    stderr_skipped: int
    stdout: bytes
    stdout_skipped: int
    def __init__(self, stdout: _Optional[bytes] = ..., stderr: _Optional[bytes] = ..., exit_code: _Optional[int] = ..., status: _Optional[str] = ..., reason: _Optional[str] = ..., started_at_ms: _Optional[int] = ..., finished_at_ms: _Optional[int] = ..., stdout_skipped: _Optional[int] = ..., stderr_skipped: _Optional[int] = ...) -> None: ...

class UploadArtifactResponse(_message.Message):
    __slots__ = ["artifact_id", "sha256", "size_bytes"]
    ARTIFACT_ID_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    artifact_id: str
    sha256: str
    size_bytes: int
    def __init__(self, artifact_id: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...
