"""What the editor's room does again and again."""

from pasokh.newsroom.drafts.telling import tell_changes

DEEDS = ((10.0, tell_changes),)
