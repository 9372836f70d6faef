"""The annual report: personal-data incidents of a financial year in the Cabinet Office's tables."""
