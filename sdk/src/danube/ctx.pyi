"""Facts about the job. Reading one outside of a job raises danube.NotInJob. What is not known is an empty string."""

job_id: str
"""Unique id of this job."""
pipeline_id: str
"""Id of the pipeline that this job is a run of."""
pipeline: str
"""Name of the pipeline."""
repo: str
"""Address of the repository that was checked out."""
branch: str
"""Branch of the commit; empty for a tag."""
commit_sha: str
"""Full name of the commit."""
trigger_type: str
"""What started the job, for example `push`, `pull_request`, `cron` or `manual`."""
trigger_ref: str
"""The Git ref that started the job, for example `refs/heads/main`."""
workspace: str
"""Absolute path of the checked out repository, which is also the current directory at the start."""
