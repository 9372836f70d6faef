"""The methods of the Web API, one module for each family.

Importing this package fills `registry.METHODS`.
"""

from localslack.methods import apps, chat, conversations, files, history, people, views

__all__ = ["apps", "chat", "conversations", "files", "history", "people", "views"]
