"""What IAM does not save: TP1xx."""
