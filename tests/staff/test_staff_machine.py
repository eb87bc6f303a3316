"""Anything that may be asked about the staff, in any order, beside a model of plain sets."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pasokh.control_room.fold import freeze, thaw
from pasokh.core.machine import Command, Words
from pasokh.core.people import Role, actor_of
from pasokh.staff import commands as c
from pasokh.staff.events import DeskKind, LockWhy, ReadThing, SignInMeans
from tests.stories.story import Story

PEOPLE = st.sampled_from(["p-1", "p-2"])
SESSIONS = st.sampled_from(["s-1", "s-2", "s-3"])
THINGS = st.sampled_from(["t-1", "t-2"])
ROLES = st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3).map(tuple)
ENDS = st.integers(0, 100_000)
REASONS = st.sampled_from(["because", "x"])
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(c.PlacePerson, PEOPLE, ROLES, st.sampled_from(["", "qaen", "mashhad"])),
    st.builds(c.DismissPerson, PEOPLE, REASONS),
    st.builds(c.OpenSession, SESSIONS, PEOPLE, st.sampled_from(SignInMeans), ENDS),
    st.builds(c.RecordFailedSignIn, st.sampled_from(SignInMeans), PEOPLE),
    st.builds(c.LockSession, SESSIONS, st.sampled_from(LockWhy)),
    st.builds(c.UnlockSession, SESSIONS, st.sampled_from(SignInMeans)),
    st.builds(c.EndSession, SESSIONS, REASONS),
    st.builds(c.OpenDesk, SESSIONS, st.sampled_from(DeskKind)),
    st.builds(c.ReadWords, st.sampled_from(ReadThing), THINGS, st.sampled_from(["", "why"])),
    st.builds(c.ReviewRead, st.integers(1, 30), REASONS),
    st.builds(c.WriteShiftNote, THINGS),
    st.builds(c.Broadcast, THINGS, ENDS),
    st.builds(c.AcknowledgeBroadcast, THINGS),
    st.builds(c.ExpireBroadcast, THINGS),
)
ACTORS = st.builds(actor_of, st.sampled_from(list(Role)), st.sampled_from(["p-1", "p-2", "x"]))


class StaffMachine(RuleBasedStateMachine):
    """The whole machine asked about its staff; the model knows what may never be."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.seconds = 0
        self.dismissed: set[str] = set()
        self.ended: set[str] = set()

    def ask(self, command: Command, actor: str) -> None:
        before = set(self.story.centre.staff.sessions)
        frozen = _staff_of(self.story)
        words = Words(text="x") if command.may_carry_words else None
        self.story.when(command, at=self.seconds, actor=actor, words=words)
        after = set(self.story.centre.staff.sessions)
        assert not after & self.ended, "an ended session came back"
        self.ended |= before - after
        if self.story.last.receipt.refusal is not None:
            assert _staff_of(self.story) == frozen, "a refused command changed something"
        elif isinstance(command, c.DismissPerson):
            self.dismissed.add(command.person_id)
        elif isinstance(command, c.PlacePerson):
            self.dismissed.discard(command.person_id)

    @rule(command=COMMANDS, actor=ACTORS)
    def anybody_asks_anything(self, command: Command, actor: str) -> None:
        self.ask(command, actor)

    @rule(command=COMMANDS)
    def the_machine_asks(self, command: Command) -> None:
        self.ask(command, "machine:office")

    @rule(person=PEOPLE, session=SESSIONS)
    def somebody_comes_to_work(self, person: str, session: str) -> None:
        self.ask(c.PlacePerson(person, (Role.CALL_TAKER,)), "machine:office")
        self.ask(c.OpenSession(session, person, SignInMeans.PASSKEY, 9), "machine:office")

    @rule(seconds=st.integers(1, 60))
    def time_passes(self, seconds: int) -> None:
        self.seconds += seconds

    @invariant()
    def no_session_outlives_a_dismissal(self) -> None:
        state = self.story.centre.staff
        assert {p.person_id for p in state.people.values() if p.dismissed} == self.dismissed
        assert not {s.person_id for s in state.sessions.values()} & self.dismissed
        assert {s.person_id for s in state.sessions.values()} <= set(state.people)
        assert set(state.ended) == self.ended

    @invariant()
    def the_state_thaws_to_itself(self) -> None:
        frozen = freeze(self.story.centre)
        assert freeze(thaw(frozen)) == frozen


def _staff_of(story: Story) -> bytes:
    """The state without its place in the log, which a recorded refusal moves."""
    again = thaw(freeze(story.centre))
    again.seq = again.known_at = 0
    return freeze(again)


TestStaffMachine = StaffMachine.TestCase
TestStaffMachine.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True
)
