"""A probe call: as far as the distributor, to no telephone, into no sum."""

from pasokh.answer import commands as a
from pasokh.answer import commands_watch as c
from pasokh.answer import events_watch as e
from pasokh.answer.distribute import Rules, distribute
from pasokh.answer.events_watch import ProbeEnd
from pasokh.answer.probes import PROBE
from pasokh.answer.views import conservation
from pasokh.control_room.happenings import happenings_of
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from tests.stories.story import Story

LINE = "machine:kamailio"
RULES = Rules(phones=frozenset({"p1"}), fallback_after=0)


def probed() -> Story:
    story = Story().given(a.OpenPosition("p1"), a.SignIn("p1", "ali"), a.BeReady("p1"))
    story.given(a.OfferCall("c1", test=True, line="kamailio"), actor=LINE)
    return story.given(a.QueueCall("c1", PROBE), actor=LINE)


def test_the_distributor_ends_it_and_gives_it_to_nobody() -> None:
    story = probed()
    given = list(distribute(story.centre.answer, 100 * SECOND, RULES))
    assert given == [a.RejectCall("c1", PROBE)]
    story.given(*given, actor=LINE)
    assert list(distribute(story.centre.answer, 100 * SECOND, RULES)) == []


def test_a_callers_call_is_no_probe_whatever_a_person_says_of_it() -> None:
    story = Story().given(a.OpenPosition("p1"), a.SignIn("p1", "ali"), a.BeReady("p1"))
    story.given(a.OfferCall("c1", line="kamailio"), actor=LINE)
    story.given(a.FlagTest("c1", test=True, reason="an exercise"))
    (given,) = distribute(story.centre.answer, 0, Rules(phones=frozenset({"p1"})))
    assert given == a.RingPosition("c1", "p1")
    story = Story().given(a.OfferCall("c2", line="kamailio"), actor=LINE)
    story.given(a.QueueCall("c2", PROBE), actor=LINE)
    assert list(distribute(story.centre.answer, 0, Rules())) == []


def test_it_leaves_every_sum_as_it_came_and_the_public_feed_says_nothing_of_it() -> None:
    story = probed()
    counts = conservation(story.centre.answer)
    assert (counts.offered, counts.ringing, counts.residual) == (1, 1, 0)
    story.given(a.RejectCall("c1", PROBE), actor=LINE)
    counts = conservation(story.centre.answer)
    assert (counts.offered, counts.rejected, counts.ringing, counts.residual) == (0, 0, 0, 0)
    watch = story.centre.answer.lines["kamailio"]
    assert sum(n.offered + n.rejected for n in watch.slices.values()) == 0
    assert story.centre.answer.call_backs == {}
    assert happenings_of(story.centre, story.last.facts, 9) == ()


def test_its_maker_tells_each_once_and_a_person_tells_none() -> None:
    story = Story()
    ask = c.ReportProbe("p-1", ProbeEnd.HEARD, 4, 480)
    story.when(ask, actor="call_taker:p-1").refused(Reason.ROLE_MAY_NOT)
    told = e.ProbeReported("p-1", ProbeEnd.HEARD, 4, 480)
    story.when(ask, actor="machine:probe").then(told)
    story.when(ask, actor="machine:probe").refused(Reason.PROBE_TOLD)


def test_an_alarm_begins_once_and_ends_with_a_probe_that_was_heard() -> None:
    story = Story()
    mark = c.MarkProbesMissed(ProbeEnd.NOT_MADE)
    story.when(c.EndProbesMissed()).refused(Reason.PROBES_MISSED)
    story.when(mark).then(e.ProbesMissed(ProbeEnd.NOT_MADE))
    story.when(mark).refused(Reason.PROBES_MISSED)
    story.given(c.ReportProbe("p-1", ProbeEnd.NO_ANSWER), actor=LINE)
    story.when(c.EndProbesMissed()).refused(Reason.PROBES_MISSED)
    story.given(c.ReportProbe("p-2", ProbeEnd.HEARD), actor=LINE)
    story.when(c.EndProbesMissed()).then(e.ProbesHeard())
