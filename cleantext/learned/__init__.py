"""What learned models share: counting characters, a small network over a sequence, and its arrays in a file."""
