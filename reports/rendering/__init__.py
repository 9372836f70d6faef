"""One report in several forms: for a terminal, as Markdown, CSV or a document."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.taxonomy import Labelled
from reports.rendering.comma_separated import as_csv
from reports.rendering.markdown import as_markdown
from reports.rendering.terminal import as_text
from reports.tables import Report


class Format(Labelled):
    """The forms that a report can have."""

    TABLE = "table", "Table for a terminal"
    MARKDOWN = "markdown", "Markdown"
    CSV = "csv", "Comma-separated values"
    DOCX = "docx", "Word document"


def rendered(report: Report, form: Format) -> bytes:
    """The bytes of a report in that form; the same report always gives the same bytes."""
    return _RENDERERS[form](report)


def _as_docx(report: Report) -> bytes:
    from reports.rendering.document import as_docx  # noqa: PLC0415  it takes a while to import

    return as_docx(report)


_RENDERERS: Mapping[Format, Callable[[Report], bytes]] = MappingProxyType(
    {
        Format.TABLE: lambda report: as_text(report).encode(),
        Format.MARKDOWN: lambda report: as_markdown(report).encode(),
        Format.CSV: lambda report: as_csv(report.table_of_values).encode(),
        Format.DOCX: _as_docx,
    }
)
