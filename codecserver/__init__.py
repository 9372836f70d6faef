"""The codec server: lets the Temporal UI show operators what they may see of encrypted cases."""
