"""Text and languages of text: patterns, HTML, JSON, quoting. It knows nothing of AWS."""
