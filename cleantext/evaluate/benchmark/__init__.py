"""Systems side by side on public collections: quality by the collection's own metric, with intervals; time; memory."""
