#!/bin/sh
# Generates src/danube/_generated from proto/. Needs protoc and grpc_python_plugin of the releases named in
# pyproject.toml (Debian 12: protobuf-compiler and protobuf-compiler-grpc). Debian's python3-grpc-tools is too old for
# proto3 `optional`.
set -eu
cd "$(dirname "$0")"
plugin=$(command -v grpc_python_plugin) || { echo "grpc_python_plugin is missing: install protobuf-compiler-grpc" >&2; exit 1; }
target=src/danube/_generated
protoc -I ../proto/danube/v1 --plugin=protoc-gen-grpc_python="$plugin" \
  --python_out="$target" --pyi_out="$target" --grpc_python_out="$target" coordinator.proto
sed 's/^import coordinator_pb2/from . import coordinator_pb2/' "$target/coordinator_pb2_grpc.py" > "$target/rewritten"
mv "$target/rewritten" "$target/coordinator_pb2_grpc.py"
