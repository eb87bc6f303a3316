"""What a log event of another element is called here; "" with a reason when we record no such."""

# kind -> the event of our log that says the same.
OURS: dict[str, str] = {
    "CallStartLogEvent": "CallOffered",
    "CallEndLogEvent": "CallEnded",
    "CallTransferLogEvent": "HandoffOffered",
    "MessageLogEvent": "MessageReceived",
    "NonRtpMediaMessageLogEvent": "MessageReceived",
    "IncidentMergeLogEvent": "IncidentMerged",
    "IncidentUnMergeLogEvent": "IncidentUnmerged",
    "IncidentLinkLogEvent": "IncidentsLinked",
    "IncidentUnLinkLogEvent": "IncidentsUnlinked",
    "IncidentSplitLogEvent": "IncidentSplit",
    "IncidentClearLogEvent": "IncidentClosed",
    "IncidentReopenLogEvent": "IncidentReopened",
    "AgentStateChangeLogEvent": "CallTakerReady",
    "QueueStateChangeLogEvent": "CallQueued",
    "MalformedMessageLogEvent": "CallRejected",
    "SessionStartLogEvent": "CallAnswered",
    "SessionEndLogEvent": "CallEnded",
}
# What happens beside the log: kept raw in a journal, or said by another part.
_BESIDE = {
    "CallSignalingMessageLogEvent": "kept_raw",
    "RecCallStartLogEvent": "recording",
    "RecCallEndLogEvent": "recording",
    "RecMediaStartLogEvent": "recording",
    "RecMediaEndLogEvent": "recording",
    "RecordingFailedLogEvent": "recording",
    "MediaStartLogEvent": "media",
    "MediaEndLogEvent": "media",
    "SipRecMetadataLogEvent": "recording",
    "LocationQueryLogEvent": "location",
    "LocationResponseLogEvent": "location",
    "LostQueryLogEvent": "routing",
    "LostResponseLogEvent": "routing",
    "RouteLogEvent": "routing",
}


def meaning_of(kind: str, members: dict[str, object]) -> tuple[str, str]:
    """(our event, why there is none)."""
    ours = OURS.get(kind, "")
    if kind == "AgentStateChangeLogEvent" and members.get("primaryAgentState") == "NotAvailable":
        ours = "CallTakerAway"
    if members.get("direction") == "outgoing" and kind in ("CallStartLogEvent", "MessageLogEvent"):
        ours = {"CallStartLogEvent": "CallBackBegun", "MessageLogEvent": "MessageSent"}[kind]
    return ours, "" if ours else _BESIDE.get(kind, "not_recorded_here")
