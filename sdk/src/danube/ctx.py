"""Facts about the job: `ctx.job_id`, `ctx.branch`, `ctx.commit_sha` and the others of ctx.pyi."""

import os

_variables = {
    "job_id": "DANUBE_JOB_ID",
    "pipeline_id": "DANUBE_PIPELINE_ID",
    "pipeline": "DANUBE_PIPELINE",
    "repo": "DANUBE_REPO",
    "branch": "DANUBE_BRANCH",
    "commit_sha": "DANUBE_COMMIT_SHA",
    "trigger_type": "DANUBE_TRIGGER_TYPE",
    "trigger_ref": "DANUBE_TRIGGER_REF",
    "workspace": "DANUBE_WORKSPACE",
}


def __getattr__(name):
    variable = _variables.get(name)
    if variable is None:
        raise AttributeError(f"danube.ctx has no attribute {name!r}; it has {', '.join(_variables)}")
    if "DANUBE_JOB_ID" not in os.environ:
        from .errors import NotInJob

        raise NotInJob(f"ctx.{name} is known only within a job: start this file with `danube run`")
    return os.environ.get(variable, "")


def __dir__():
    return sorted(_variables)
