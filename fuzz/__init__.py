"""Fuzzing of the package's parts: what must hold for any input, tried on inputs that a fuzzer makes up. See README.md."""
