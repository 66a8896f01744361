"""One thin file a host; each imports its host, and this one none of them. `cleantext.columns` does the work for all."""
