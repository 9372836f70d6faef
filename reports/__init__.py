"""Answers from the register: aggregates for Freedom of Information, annual report, ICO, charts."""
