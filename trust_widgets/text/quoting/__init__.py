"""Quoting and layout, one language a file: Python, shell, HCL, YAML. They know nothing of roles."""
