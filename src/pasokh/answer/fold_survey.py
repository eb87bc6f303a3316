"""How asking a caller changes what is known."""

from pasokh.answer import events_survey as e
from pasokh.answer.state import AnswerState
from pasokh.answer.survey import note_asked
from pasokh.core.machine import Fact, FoldTable


def _asked(state: AnswerState, event: e.CallerAsked, fact: Fact) -> None:
    note_asked(state.surveys, state.calls[event.call_id].caller, fact.known_at)


FOLD: FoldTable = {e.CallerAsked: _asked}
