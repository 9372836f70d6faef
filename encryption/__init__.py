"""Encryption of everything that Temporal keeps of a case: keys, codec and data converter."""
