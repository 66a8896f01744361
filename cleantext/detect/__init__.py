"""Which blocks are not the article: rules, and what follows from them along the document."""
