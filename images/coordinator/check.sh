#!/bin/sh
# Says what the coordinator's image has, and fails where a pod of the Kubernetes runtime could not run with it. Run as the
# image's user, at the end of the build and by build.sh; it writes below /tmp only.
set -u

failed=0
HOME=/tmp
export HOME

found() {
  printf '  %-12s %s\n' "$1" "$2"
}
lacks() {
  found "$1" "MISSING: $2"
  failed=1
}
# the words of a command that needs to succeed
need() {
  name=$1
  shift
  if words=$("$@" 2>&1); then
    found "$name" "$(printf '%s\n' "$words" | head -n 1)"
  else
    lacks "$name" "$(printf '%s\n' "$words" | tail -n 1)"
  fi
}
worth_having() {
  name=$1
  otherwise=$2
  shift 2
  if words=$("$@" 2>/dev/null); then found "$name" "$words"; else found "$name" "none: $otherwise"; fi
}
# git says 2.28 or newer by knowing this option; the second is a script of its own
try_git() {
  folder=$(mktemp -d) || return
  git init --quiet --initial-branch=main "$folder" && (cd "$folder" && git submodule status) && git --version
  code=$?
  rm -rf "$folder"
  return $code
}
whole_milliseconds() {
  case $(date +%s%3N) in *[!0-9]*) return 1 ;; *) date --version ;; esac
}

echo "the coordinator's image, as $(id -u):$(id -g):"
[ "$(id -u)" -ne 0 ] || lacks user 'pods run it as 10001, never as root'
need git try_git
need ssh ssh -V
need python3 python3 --version
need sdk python3 -c 'import danube; print(danube.__file__)'
need date whole_milliseconds
for tool in cat df find grep head mkdir mv rm sed sleep tail tr; do
  command -v "$tool" >/dev/null || lacks "$tool" 'not in PATH'
done
[ -s /etc/ssl/certs/ca-certificates.crt ] || lacks certificates 'none in /etc/ssl/certs: https cannot be checked'
worth_having git-lfs 'files in Git LFS stay pointers' git-lfs --version
worth_having grpcio 'the SDK speaks JSON over HTTP only' \
  python3 -c 'import danube._grpc, grpc; print(grpc.__version__)'
exit "$failed"
