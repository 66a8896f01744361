"""What `cleantext` raises. Text and bytes never raise; wrong types, options and files of ours do."""

from __future__ import annotations


class CleanTextError(Exception):
    """Base of every error of this package."""


class OptionsError(CleanTextError, ValueError):
    """An option has a value that it cannot have; the message shows the value and what is allowed."""


class PackError(CleanTextError):
    """A rule pack is malformed; the message names the file, the rule and the field."""


class InputError(CleanTextError):
    """A file, folder or collection could not be read; the message names it."""


class ModelError(CleanTextError):
    """A model's file is missing, damaged, or from another version; the message names it."""
