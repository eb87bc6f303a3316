// @ts-check
/** A line of the bar, said in words before Enter and done after it. */
import { callSign } from "./deeds.js";

const STEPS = { R: "AcknowledgeMission", E: "StartMission", A: "ArriveMission" };

/** What Enter would do, in words. @param {any} desk @param {import("../kernel/grammar.js").Line} line */
export function echoOf({ say }, line) {
  const numbers = line.incidents.map((one) => say.digits(one.number));
  return say.rich(`desk.echo_${line.verb?.verb}`, {
    units: line.units.map((unit) => say.digits(callSign(unit))).join(say.t("desk.comma")),
    incident: numbers[0], other: numbers.slice(1).join(say.t("desk.comma")),
    code: line.code?.name ?? say.t("desk.nothing_said"), text: line.text || say.t("desk.nothing_said"),
    priority: line.priority ?? 0,
  });
}

/** Do what the line says. @param {import("./deeds.js").Deeds} deeds @param {any} screen @param {import("../kernel/grammar.js").Line} line */
export function runLine(deeds, screen, line) {
  const [incident, ...others] = line.incidents;
  const reason = line.text;
  /** @type {Record<string, () => any>} */
  const acts = {
    D: () => line.units.forEach((unit) => deeds.dispatch(unit, incident)),
    C: () => line.units.forEach((unit) => deeds.clear(unit, line.code?.code)),
    B: () => deeds.step("CancelMission", line.units[0], { reason }),
    V: () => deeds.unitState(line.units[0], line.code?.code ?? ""),
    N: () => deeds.open(line.code?.code ?? "", line.text),
    T: () => deeds.incident("TypeIncident", incident, { incident_type: line.code?.code }),
    P: () => deeds.incident("PrioritiseIncident", incident, { priority: line.priority, reasons: [reason] }),
    W: () => deeds.incident("NoteIncident", incident, {}, { text: reason }),
    O: () => deeds.own(incident),
    L: () => deeds.incident("ReleaseIncident", incident),
    J: () => others.forEach((other) => deeds.merge(incident, other)),
    Z: () => deeds.close(incident, line.code?.code ?? ""),
    Y: () => deeds.incident("ReopenIncident", incident, { reason }),
    G: () => screen.select(incident.id),
    F: () => screen.filter(line.text), "/": () => screen.filter(line.text),
    U: () => deeds.undo(), ".": () => screen.repeat(), "?": () => screen.help(),
  };
  const verb = line.verb?.verb ?? "";
  const step = STEPS[/** @type {keyof STEPS} */ (verb)];
  if (step) line.units.forEach((unit) => deeds.step(step, unit));
  else acts[verb]?.();
}
