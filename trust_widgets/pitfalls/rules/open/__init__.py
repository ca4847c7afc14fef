"""What allows more than was meant: TP3xx."""
