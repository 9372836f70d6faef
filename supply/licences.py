"""Under which licence a package is, as its own metadata says, in the words of SPDX."""

from importlib.metadata import PackageNotFoundError, metadata

UNKNOWN = "unknown"

NOT_INSTALLED_EVERYWHERE = {"colorama": "BSD-3-Clause"}
"""Packages of other systems, which can't be asked here."""

_SAYS_NOTHING = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # it carries axe-core
    "promql-parser": "MIT",  # in the file of its licence alone
    "matplotlib": "LicenseRef-matplotlib",  # its own, after Python's
}

_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",  # of three clauses, in the text of those that say only this
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GPL-3.0": "GPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_APPROVED = "License :: OSI Approved :: "
_LONGEST_NAME = 40
"""Characters: what is longer in the field `License` is a licence's text."""


def licence(package: str) -> str:
    """An SPDX expression; UNKNOWN where neither the package nor we know."""
    if package in _SAYS_NOTHING:
        return _SAYS_NOTHING[package]
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return NOT_INSTALLED_EVERYWHERE.get(package, UNKNOWN)
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = told.get_all("Classifier") or []
    named = [each.removeprefix(_APPROVED) for each in classifiers if each.startswith(_APPROVED)]
    field = "".join(told.get_all("License") or []).strip()
    words = named or ([field] if field and len(field) <= _LONGEST_NAME else [])
    return " AND ".join(_SPDX.get(word, word) for word in words) or UNKNOWN
