"""What people see and press in Slack: thin listeners, forms, and messages built by pure functions.

No free text that a person typed is ever put into a message: it shows in modals only, to those who
may see the case. Messages carry reference, Area, category, counts and deadlines.
"""
