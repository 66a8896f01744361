"""Views of a document that are made for people."""
