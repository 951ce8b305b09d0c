"""Code that generate.sh makes of proto/danube/v1/coordinator.proto. Do not edit."""
