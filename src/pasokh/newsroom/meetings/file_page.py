"""A file that was given out, as everybody takes it: named by its SHA-256, so it never changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pasokh.newsroom.meetings.files import SUFFIXES
from pasokh.newsroom.meetings.models import MaterialFile, MeetingMaterial


@require_safe
def meeting_file(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Give a file of a meeting that is announced; of any other it is secret whether it exists."""
    digest, _, suffix = name.partition(".")
    out = MeetingMaterial.objects.filter(file_id=digest).exclude(meeting__announced_at=None)
    if not out.exists():
        raise Http404
    kept = MaterialFile.objects.get(sha256=digest)
    if SUFFIXES[kept.media] != suffix:
        raise Http404
    charset = "; charset=utf-8" if kept.media.startswith("text/") else ""
    answer = HttpResponse(bytes(kept.raw), content_type=f"{kept.media}{charset}")
    if not kept.media.startswith("image/"):
        answer["Content-Disposition"] = f'attachment; filename="{digest[:12]}.{suffix}"'
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
