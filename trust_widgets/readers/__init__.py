"""Files that hold the trust policies of roles, one module a kind of file.

A member defines `READER = Reader(...)`. It is given a file's text, and says which roles are in it:
`RoleRecord`s with places. The editor, the command line, the cell magic and `read_roles` use the
same readers.
"""

from __future__ import annotations

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._exports import (
    Exported,
    ExportedRole,
    NoExport,
    exported_items,
    exported_roles,
)
from trust_widgets.readers._files import FileRead, read_file, read_folder, read_roles
from trust_widgets.readers._folder import LARGEST_FILE, Folder, text_of_bytes
from trust_widgets.readers._hcl.statement_block import can_be_a_block, statement_as_block
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    Reader,
    RoleRecord,
    Unresolved,
)
from trust_widgets.readers._render import Rendered, rendered
from trust_widgets.readers._revisions import copy_revision, is_revision
from trust_widgets.readers._shown import (
    ShownPolicy,
    document_of_shown,
    placeholder,
    plain_shown,
    shown_pieces,
)
from trust_widgets.readers._sources import Place, Sources, SourceText
from trust_widgets.readers._texts import (
    INSTALL,
    READERS,
    read_in_folder,
    read_pasted,
    read_text,
)
from trust_widgets.readers._tree import FIRST_HOLE, Entry, Hole, Tree
from trust_widgets.readers._tree_contents import defaults_of, holes_of, unknown_holes, walk
from trust_widgets.readers._walk import files_in

__all__ = [
    "FIRST_HOLE",
    "INSTALL",
    "LARGEST_FILE",
    "READERS",
    "Document",
    "Entry",
    "Exported",
    "ExportedRole",
    "FileContents",
    "FileRead",
    "FileRequest",
    "Folder",
    "Hole",
    "NoExport",
    "Note",
    "Place",
    "Reader",
    "Rendered",
    "RoleRecord",
    "ShownPolicy",
    "SourceText",
    "Sources",
    "Tree",
    "Unresolved",
    "can_be_a_block",
    "copy_revision",
    "defaults_of",
    "document_of",
    "document_of_shown",
    "exported_items",
    "exported_roles",
    "files_in",
    "holes_of",
    "is_revision",
    "placeholder",
    "plain_shown",
    "read_file",
    "read_folder",
    "read_in_folder",
    "read_pasted",
    "read_roles",
    "read_text",
    "rendered",
    "shown_pieces",
    "statement_as_block",
    "text_of_bytes",
    "unknown_holes",
    "walk",
]
