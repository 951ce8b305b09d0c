"""What a danubefile.py imports: `step`, `ctx`, `secrets`, `artifacts`, `pipeline`, and the errors they raise.

Nothing is loaded before it is used: starting Python is a part of every job.
"""

__version__ = "1.0.0"
__all__ = [
    "ArtifactError",
    "DanubeError",
    "MasterUnavailable",
    "NotInJob",
    "RequestRefused",
    "SecretNotFound",
    "StepFailed",
    "StepResult",
    "artifacts",
    "ctx",
    "pipeline",
    "secrets",
    "step",
]

_homes = {
    "ArtifactError": "errors",
    "DanubeError": "errors",
    "MasterUnavailable": "errors",
    "NotInJob": "errors",
    "RequestRefused": "errors",
    "SecretNotFound": "errors",
    "StepFailed": "errors",
    "StepResult": "step",
    "pipeline": "_pipelines",
}


def __getattr__(name):
    if name in ("step", "ctx", "secrets", "artifacts"):
        return __import__(f"{__name__}.{name}", fromlist=[name])
    home = _homes.get(name)
    if home is None:
        raise AttributeError(f"module 'danube' has no attribute {name!r}")
    value = getattr(__import__(f"{__name__}.{home}", fromlist=[name]), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted([*globals(), *__all__])
