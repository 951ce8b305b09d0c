"""Checks, tests and packs the project of this repository: Danube's own Python SDK."""

from danube import ctx, step

step.run("python3 --version && git log -1 --format='%h %an: %s'", name="versions")
step.run("python3 -m compileall -q src tests", name="compile")
step.run("PYTHONPATH=src python3 -m unittest discover -s tests -t . -v", name="test")
step.run(
    "mkdir -p dist && python3 -m tarfile -c dist/danube-sdk.tar src pyproject.toml && ls -l dist",
    name="package",
)

print(f"{ctx.pipeline} is done with {ctx.commit_sha[:12]} of {ctx.branch}")
