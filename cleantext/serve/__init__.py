"""A page to try cleantext on, and an endpoint for callers that are not Python (extra `serve`)."""
