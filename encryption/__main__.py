"""`python -m encryption new-key` prints a new key for PAYLOAD_KEYS."""

import sys

from encryption.keyring import new_key

if sys.argv[1:] != ["new-key"]:
    sys.exit("usage: python -m encryption new-key")
sys.stdout.write(f"{new_key()}\n")
