#!/bin/sh
# Builds the coordinator's image, looks whether it can do its work, and pushes it if asked to.
set -eu

usage() {
  cat <<'TEXT'
usage: images/coordinator/build.sh [--base IMAGE] [--tag IMAGE] [--push] [--tool docker|podman|buildah]

Builds the image of checkout and coordinator for jobs on Kubernetes.

  --base IMAGE   what to build upon, of the Debian family; only what it lacks is installed
                 (default: docker.io/library/python:3.12-slim)
  --tag IMAGE    name of the image (default: danube/coordinator with the version of packages/core)
  --push         push it to the registry in its name
  --tool NAME    what builds it (default: docker if its daemon answers, else podman, else buildah)

For example:

  images/coordinator/build.sh --tag registry.example.com/danube/coordinator:1.0.0 --push

Where neither Docker Hub nor Debian nor PyPI can be reached, with a base that has git, ssh and Python already:

  images/coordinator/build.sh --base registry.example.com/base/python-git:1 --tag registry.example.com/danube/coordinator:1.0.0 --push
TEXT
}
fail() {
  echo "error: $1" >&2
  exit "${2:-1}"
}

root=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/packages/core/package.json")
base=
tag=danube/coordinator:$version
tool=
push=no
while [ $# -gt 0 ]; do
  case $1 in
    --base | --tag | --tool) [ $# -ge 2 ] || fail "$1 needs a value; see --help" 2 ;;
  esac
  case $1 in
    --base) base=$2 && shift ;;
    --tag) tag=$2 && shift ;;
    --tool) tool=$2 && shift ;;
    --push) push=yes ;;
    --help | -h) usage && exit ;;
    *) fail "unknown option $1; see --help" 2 ;;
  esac
  shift
done

if [ -z "$tool" ]; then
  if docker version >/dev/null 2>&1; then
    tool=docker
  else
    for candidate in podman buildah; do
      [ -n "$tool" ] || ! command -v $candidate >/dev/null || tool=$candidate
    done
  fi
fi
[ -n "$tool" ] || fail 'no docker with a daemon that answers, no podman and no buildah is here; install one of them'

case $tool in
  docker | podman) build=build ;;
  buildah) build=bud ;;
  *) fail "unknown tool $tool; accepted: docker, podman, buildah" 2 ;;
esac
echo "building $tag with $tool"
$tool $build ${base:+--build-arg "BASE=$base"} --build-arg "VERSION=$version" \
  -f "$root/images/coordinator/Dockerfile" -t "$tag" "$root"

# as pods run it: no right, nothing to write to but /tmp
check='/bin/sh /opt/danube/check.sh'
case $tool in
  docker | podman) try="$tool run --rm --read-only --tmpfs /tmp --cap-drop ALL --network none $tag" ;;
  buildah)
    # else a newer one of that name in the registry would be taken
    container=$(buildah from --pull-never "$tag")
    trap 'buildah rm "$container" >/dev/null' EXIT
    try="buildah run $container --"
    ;;
esac
if ! $try true >/dev/null 2>&1; then
  echo "warning: $tool cannot run containers here, so the image was checked while it was built, and not once more" >&2
else
  $try $check || fail "the image does not work; see above"
fi

if [ "$push" = yes ]; then
  echo "pushing $tag"
  $tool push "$tag" || fail "cannot push $tag; log in to its registry with: $tool login"
fi
cat <<TEXT
done. In danube.toml:

[kubernetes]
coordinator_image = "$tag"
TEXT
