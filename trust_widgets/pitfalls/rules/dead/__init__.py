"""What never has an effect: TP2xx."""
