"""What is worth knowing: TP4xx."""
