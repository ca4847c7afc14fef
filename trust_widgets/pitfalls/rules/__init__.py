"""The mistakes, one file each, in a folder for each verdict."""
