"""Figures for Prometheus and traces for OpenTelemetry. docs/operations.md says which figure shows what."""
