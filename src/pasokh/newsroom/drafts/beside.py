"""What the editor's room does again and again."""

from pasokh.newsroom.drafts.forgetting import forget_pictures, forget_texts, forget_withdrawn
from pasokh.newsroom.drafts.telling import tell_changes
from pasokh.newsroom.drafts.telling_hours import tell_new_hours

DEEDS = (
    (10.0, tell_changes),
    (10.0, tell_new_hours),
    (60.0, forget_withdrawn),
    (3600.0, forget_pictures),
    (3600.0, forget_texts),
)
