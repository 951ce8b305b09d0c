#!/bin/sh
# Puts into the coordinator's image what its base lacks, asking the network for nothing else. Run by the Dockerfile, as root.
set -eu

user=10001
# as in sdk/pyproject.toml
grpc='grpcio>=1.51 protobuf>=4.21,<6'

say() {
  echo "coordinator image: $*"
}
has() {
  command -v "$1" >/dev/null 2>&1
}
has_grpc() {
  python3 -c 'import grpc; from google.protobuf.internal import builder' 2>/dev/null
}
# Without what is for people to read, and without the modules of Perl, which the parts of git that are used here do not need.
apt_install() {
  [ -e /tmp/apt.log ] || apt-get update -q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 >/tmp/apt.log 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
      -o Dpkg::Options::=--path-exclude=/usr/share/perl/* \
      -o Dpkg::Options::=--path-exclude=/usr/share/perl5/* \
      -o Dpkg::Options::=--path-exclude=/usr/lib/*/perl/* \
      -o Dpkg::Options::=--path-exclude=/usr/share/doc/* \
      -o Dpkg::Options::=--path-exclude=/usr/share/man/* \
      -o Dpkg::Options::=--path-exclude=/usr/share/locale/* \
      "$@" >>/tmp/apt.log 2>&1
}

missing=
has git || missing="$missing git"
has ssh || missing="$missing openssh-client"
has python3 || missing="$missing python3"
[ -s /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"
if [ -n "$missing" ]; then
  say "installing$missing"
  # shellcheck disable=SC2086 # these are several words
  apt_install $missing || {
    cat /tmp/apt.log >&2
    say "the base lacks$missing, and apt-get cannot install it here; use a base that has it: --build-arg BASE=…" >&2
    exit 1
  }
fi

if ! has git-lfs && ! apt_install git-lfs; then
  say 'WARNING: git-lfs is missing and cannot be installed here; files in Git LFS stay pointers'
fi

if ! has_grpc; then
  # shellcheck disable=SC2086
  if python3 -m pip --version >/dev/null 2>&1; then
    PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --quiet --no-cache-dir --root-user-action=ignore \
      --disable-pip-version-check --retries 1 --timeout 20 --only-binary :all: $grpc >/tmp/pip.log 2>&1 || true
  fi
  # Debian's package is for Debian's own Python
  if ! has_grpc && [ "$(command -v python3)" = /usr/bin/python3 ]; then
    apt_install python3-grpcio python3-protobuf || true
  fi
  has_grpc || say 'WARNING: grpcio is missing and cannot be installed here; the SDK speaks JSON over HTTP only'
fi

# ssh does nothing for a user without an entry
grep -q "^[^:]*:[^:]*:$user:" /etc/group || echo "danube:x:$user:" >>/etc/group
grep -q "^[^:]*:[^:]*:$user:" /etc/passwd || echo "danube:x:$user:$user:Danube:/home/danube:/bin/sh" >>/etc/passwd
mkdir -p /home/danube
chown "$user:$user" /home/danube

if has apt-get; then apt-get clean; fi
rm -rf /tmp/apt.log /tmp/pip.log /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/apt /var/log/dpkg.log
