"""Pictures of a screen, and how much two of them differ."""

from io import BytesIO

from PIL import Image, ImageChops

# A channel may differ by so much (of 255) before a pixel counts: rounding of blended edges.
TOLERANCE = 16


def share_differing(one: bytes, other: bytes) -> float:
    """The share of pixels (0 to 1) in which two PNGs differ; 1 when their sizes differ."""
    a, b = (Image.open(BytesIO(png)).convert("RGB") for png in (one, other))
    if a.size != b.size:
        return 1.0
    worst = ImageChops.difference(a, b)
    bands = [band.point(lambda value: 255 * (value > TOLERANCE)) for band in worst.split()]
    seen = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return seen.histogram()[255] / (a.width * a.height)
