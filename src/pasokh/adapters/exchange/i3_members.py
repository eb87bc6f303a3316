"""What each kind of i3 log event must say (NENA-STA-010.3, logging service 010.3f), in our words.

Written from the standard, not copied: the schema's own file states no licence. Two slips of that
file are not asked for: the member `mediaLabal`, and `requesttId` for `requestId`.
"""

_TEXT = "text direction"
_QUERY = "text direction queryId"
_ANSWER = "text direction responseId"
_PEER = "peerId direction"

# kind -> the members that it must have beyond those that all have; "" for none.
MEMBERS: dict[str, frozenset[str]] = {
    f"{kind}LogEvent": frozenset(names.split())
    for kind, names in {
        "CallProcess": "",
        "CallStart": "direction",
        "CallEnd": "direction",
        "RecCallStart": "direction",
        "RecCallEnd": "direction",
        "CallTransfer": "target",
        "Route": "recipientUri ruleId policyOwner policyType",
        "MediaStart": "sdp mediaLabel direction",
        "MediaEnd": "mediaLabel",
        "RecMediaStart": "sdp mediaLabel",
        "RecMediaEnd": "mediaLabel",
        "RecordingFailed": "sdp reasonCode reasonText",
        "Message": _TEXT,
        "AdditionalAgency": "",
        "IncidentMerge": "incidentId mergeIncidentId",
        "IncidentUnMerge": "incidentId unmergedFromIncidentId",
        "IncidentLink": "incidentId linkedIncidentId relationship",
        "IncidentUnLink": "incidentId unlinkedFromIncidentId",
        "IncidentClear": "",
        "IncidentReopen": "",
        "LostQuery": "queryAdapter direction queryId",
        "LostResponse": "responseAdapter direction responseId",
        "CallSignalingMessage": _TEXT,
        "SipRecMetadata": "text",
        "NonRtpMediaMessage": _TEXT,
        "AliLocationQuery": _QUERY,
        "AliLocationResponse": _ANSWER,
        "MalformedMessage": "text ipAddress",
        "IncidentSplit": "incidentId type",
        "DiscrepancyReport": "contents direction type",
        "ElementStateChange": "notificationContents direction",
        "ServiceStateChange": "newState affectedServiceIdentifier direction",
        "AdditionalDataQuery": f"uri {_QUERY}",
        "AdditionalDataResponse": _ANSWER,
        "LocationQuery": f"uri {_QUERY}",
        "LocationResponse": _ANSWER,
        "CallStateChange": "state direction",
        "GatewayCall": "",
        "Hookflash": "",
        "LegacyDigits": "digits sentReceived type",
        "AgentStateChange": "primaryAgentState",
        "QueueStateChange": "notificationContents queueId direction",
        "KeepAliveFailure": "responseStatus",
        "RouteRuleMsg": "ruleId priority message policyOwner policyType",
        "PolicyChange": "policyType owner changeType policyContent policyStoreId policyEditor",
        "Versions": "source response",
        "Subscribe": (
            "package peer parameter expiration response purpose direction subscriptionId"
        ),
        "AnnouncementStart": "announcementType",
        "AnnouncementEnd": "announcementType",
        "SessionStart": "direction",
        "SessionEnd": "direction",
        "SessionStateChange": "state direction legCallId",
        "Eido": "direction",
        "EidoDereferenceFactoryQuery": f"queryId incidentId {_PEER}",
        "EidoDereferenceFactoryQueryResponse": f"queryId {_PEER}",
        "SubscriptionRequested": f"queryId {_PEER}",
        "SubscriptionRequestedResponse": "queryId direction",
        "SubscriptionTerminated": f"subscriptionId reason {_PEER}",
        "SubscriptionTerminatedResponse": f"queryId subscriptionId statusCode statusText {_PEER}",
        "EidoDenied": "peerId incidentId reasonCode reasonText",
        "EidoTransmissionError": f"transactionId retries reasonCode reasonText {_PEER}",
        "WebSocketEstablished": f"statusCode statusDescription webSocketId {_PEER}",
        "WebSocketTerminated": f"closeCode closeText webSocketId {_PEER}",
        "RequestForService": f"requestId {_PEER}",
        "RequestAwareness": f"requestId {_PEER}",
        "CancelRequest": f"requestId {_PEER}",
        "ResponseToRequest": f"responseCode responseReason {_PEER}",
        "ResourceMesssage": f"resourceMessage {_PEER}",
        "ResourceDiscovery": f"emergencyResourceComponent {_PEER}",
    }.items()
}
# The list of kinds has this one without its ending.
MEMBERS["EidoDereferenceFactoryQueryResponse"] = MEMBERS[
    "EidoDereferenceFactoryQueryResponseLogEvent"
]
OF_ALL = frozenset({"logEventType", "timestamp", "elementId", "agencyId"})
_DIRECTIONS = frozenset({"incoming", "outgoing"})
# (kind or "" for all, member) -> what it may be.
VALUES: dict[tuple[str, str], frozenset[str]] = {
    ("", "direction"): _DIRECTIONS,
    ("IncidentLinkLogEvent", "relationship"): frozenset({"parent", "child", "unspecified"}),
    ("IncidentSplitLogEvent", "type"): frozenset({"old", "new"}),
    ("LegacyDigitsLogEvent", "sentReceived"): frozenset({"sent", "received"}),
    ("LegacyDigitsLogEvent", "type"): frozenset({"DTMF", "MF"}),
    ("AgentStateChangeLogEvent", "primaryAgentState"): frozenset({"Available", "NotAvailable"}),
    ("PolicyChangeLogEvent", "changeType"): frozenset({"CREATE", "UPDATE", "DELETE"}),
    ("SubscribeLogEvent", "purpose"): frozenset({"initial", "refresh", "terminate"}),
}
# Values of a registry: an unknown one is said, and the event is taken.
CALL_TYPES = frozenset({"emergency", "nonEmergency", "silentMonitoring", "intervene"}) | {
    *("legacyWireline", "legacyWireless", "legacyVoip"),
}
LISTS = frozenset({"mediaLabel", "parameter"})
NUMBERS = frozenset({"priority", "expiration", "expires", "retries", "closeCode"})
OBJECTS = frozenset({"extension", "localUse", "resourceMessage", "emergencyResourceComponent"})
