from . import artifacts as artifacts
from . import ctx as ctx
from . import secrets as secrets
from . import step as step
from ._pipelines import pipeline as pipeline
from .errors import ArtifactError as ArtifactError
from .errors import DanubeError as DanubeError
from .errors import MasterUnavailable as MasterUnavailable
from .errors import NotInJob as NotInJob
from .errors import RequestRefused as RequestRefused
from .errors import SecretNotFound as SecretNotFound
from .errors import StepFailed as StepFailed
from .step import StepResult as StepResult

__version__: str
