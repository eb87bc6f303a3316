// @ts-check
/**
 * The shapes that travel between the control room and a desk. Times are milliseconds since 1970;
 * a field that is missing has its default.
 *
 * @typedef {"call"|"incident"|"mission"|"unit"|"position"|"broadcast"|"entry"|"figure"} Kind
 * @typedef {{kind: Kind, id: string, version: number, state: any}} Envelope
 * @typedef {{seq: number, now: number, at?: number, objects: Envelope[]}} Frame
 *
 * @typedef {object} Incident
 * @property {string} id
 * @property {number} number
 * @property {string} [type]
 * @property {number} [priority]
 * @property {string} [county]
 * @property {string} [beat]
 * @property {string} [origin]
 * @property {boolean} [test]
 * @property {number} opened_at
 * @property {number} [closed_at]
 * @property {string} [disposition]
 * @property {string} [merged_into]
 * @property {string[]} [linked]
 * @property {string} [owner]
 * @property {string[]} [missions]
 * @property {string[]} [calls]
 * @property {boolean} [overdue]
 * @property {number} [due_at]
 * @property {number} [has_words]
 * @property {string} [place]
 *
 * @typedef {object} Mission
 * @property {string} id
 * @property {string} incident
 * @property {string} unit
 * @property {string} stage
 * @property {number} [stage_at]
 * @property {number} [created_at]
 * @property {number} [dispatched_at]
 * @property {number} [on_scene_at]
 * @property {number} [over_at]
 * @property {string} [outcome]
 * @property {boolean} [overdue]
 * @property {number} [due_at]
 *
 * @typedef {object} Unit
 * @property {string} id
 * @property {string} [call_sign]
 * @property {string} [station]
 * @property {string} [county]
 * @property {string[]} [capabilities]
 * @property {string} [availability]
 * @property {string[]} [secondary]
 * @property {string[]} [missions]
 * @property {boolean} [retired]
 *
 * @typedef {object} Call
 * @property {string} id
 * @property {string} [channel]
 * @property {string} [county]
 * @property {string} [phase]
 * @property {number} offered_at
 * @property {number} [answered_at]
 * @property {number} [ended_at]
 * @property {string} [position]
 * @property {string} [type]
 * @property {string} [incident]
 * @property {string} [code]
 * @property {number} [has_words]
 * @property {string} [place]
 *
 * @typedef {object} Problem  What a server answers when it does not do what was asked (RFC 9457).
 * @property {string} type
 * @property {string} title
 * @property {number} status
 * @property {string} detail
 * @property {string} [mend]
 * @property {string} [reason]
 * @property {string[]} [who_can]
 * @property {Record<string, string|number>} [details]
 *
 * @typedef {"sending"|"spooled"|"done"|"refused"|"failed"} OrderState
 * @typedef {object} Order  One thing that a person asked for, from the key to the receipt.
 * @property {string} id          command id, UUID 7; the same for ever
 * @property {string} name        command name as in POST /commands/<name>
 * @property {any} command
 * @property {any} [words]
 * @property {number} at          centre's time of the key press, as well as this desk knows it
 * @property {string} person
 * @property {OrderState} state
 * @property {{kind: Kind, id: string}|null} about  the thing whose display says "sending"
 * @property {string} label       what it was, in words
 * @property {any} [receipt]
 * @property {Problem} [problem]
 * @property {(() => any)|null} [undo]  what takes it back, when something does
 *
 * @typedef {"live"|"behind"|"cut"} LineState
 *
 * @typedef {object} Me
 * @property {string} session_id
 * @property {string} person
 * @property {string[]} roles
 * @property {string} [county]
 * @property {string} [station]
 * @property {boolean} locked
 * @property {number} now
 * @property {number} [utc_offset_minutes]
 * @property {boolean} [training]
 */
export {};
