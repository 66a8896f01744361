"""The layouts of public collections, a module each: `recognise` says whether a path has it, `read` gives the collections there."""
