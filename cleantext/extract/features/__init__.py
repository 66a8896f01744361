"""What the content model sees of a page: one row of numbers for each segment."""
