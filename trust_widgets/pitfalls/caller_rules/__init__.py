"""The mistakes of the caller's own policies, one file each; nothing but members."""
