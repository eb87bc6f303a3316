"""The carrier of voices (rtpengine): its configuration. Who talks to whom is the switch's word."""
