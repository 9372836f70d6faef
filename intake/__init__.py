"""How cases come to be and how steps reach them: the register first, then Temporal."""
