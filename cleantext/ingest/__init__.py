"""From bytes to text, and which kind of text it is."""
