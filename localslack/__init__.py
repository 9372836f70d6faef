"""A Slack for one machine: Web API, Socket Mode, and a page on which people can be anybody.

Nothing here knows the app that is tried with it. See README.md for how to start it and for the
client API that the page and the test driver use.
"""
