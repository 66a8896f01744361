"""Labelled collections, and what cleaning makes of them: figures by label, and every mistake with the rule behind it."""
