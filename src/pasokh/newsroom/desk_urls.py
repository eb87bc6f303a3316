"""The newsroom's addresses for the staff, as the office mounts them behind its gate."""

from pasokh.newsroom.rooms import parts

urlpatterns = [page for room in parts("desk_urls") for page in room.urlpatterns]
