"""The ICO pack: the ICO's report form, filled in from a case, for a person to send."""
