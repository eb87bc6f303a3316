"""A judgement as one line for a person, and the troubles of it below."""

from collections.abc import Iterator

from pasokh.adapters.telephony.exam.judged import Judged, JudgedPlace, JudgedTrouble


def lines_of(judged: Judged) -> Iterator[str]:
    """Yield the line of a file and one for each trouble."""
    yield " | ".join(filter(None, _parts(judged)))
    for trouble in judged.troubles:
        yield f"    {_where(trouble)}: {trouble.mend}"


def _parts(judged: Judged) -> Iterator[str]:
    yield f"{judged.file}: {judged.kind}"
    code = "" if judged.code is None else f" {judged.code}"
    yield f"{judged.verdict.value}{code}{f' ({judged.because})' if judged.because else ''}"
    yield " + ".join(judged.events)
    yield judged.means
    yield judged.number and f"number {judged.number}{' withheld' if judged.withheld else ''}"
    yield judged.dialled and f"to {judged.dialled}{' (test)' if judged.test else ''}"
    yield " ".join(f"{kind}={value}" for kind, value in judged.call_ids.items())
    for place in judged.locations:
        yield _place(place)
    yield judged.no_location and f"no location: {judged.no_location}"
    yield f"data: {', '.join(judged.additional_data)}" if judged.additional_data else ""


def _place(place: JudgedPlace) -> str:
    told = [place.shape or place.source, place.address, place.reference]
    if place.latitude is not None:
        radius = "?" if place.radius_m is None else f"{place.radius_m:.1f}"
        told.insert(1, f"{place.latitude:.6f},{place.longitude:.6f} r={radius} m")
    return " ".join(filter(None, told))


def _where(trouble: JudgedTrouble) -> str:
    return " ".join(filter(None, (trouble.what, trouble.where, trouble.detail)))
