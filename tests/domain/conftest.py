"""Property tests of this folder: the same examples each time on every machine, kept nowhere."""

from hypothesis import settings

settings.register_profile("domain", database=None, derandomize=True, deadline=None)
settings.load_profile("domain")
