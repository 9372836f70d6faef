"""How long people wait, and whether anything is lost: what `make bench` measures."""
