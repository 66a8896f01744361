"""A site's own boilerplate: learned from its documents, kept in a file that a person can edit, taken out of others."""
