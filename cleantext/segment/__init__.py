"""Sources cut into segments, each the source's own text: plain text, Markdown, HTML."""
