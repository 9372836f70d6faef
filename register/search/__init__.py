"""Finding incidents in the register: references, codes and dates, and nothing that was typed."""
