"""Runs java functions of LocalStack as local JVM processes."""
