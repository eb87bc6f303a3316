// @ts-check
/**
 * Opens a desk: reads what the page brought, asks who sits here, and joins the parts of the
 * kernel. Every desk begins with `const desk = await openDesk()`.
 */
import { Api } from "./api.js";
import { Clock } from "./clock.js";
import { coverOver } from "./cover.js";
import { Live } from "./live.js";
import { Lock } from "./lock.js";
import { Orders } from "./orders.js";
import { Ring } from "./ring.js";
import { Say } from "./say.js";
import { Session } from "./session.js";
import { Spool } from "./spool.js";
import { Store } from "./store.js";

/**
 * @typedef {object} Desk
 * @property {string} kind
 * @property {string} language
 * @property {string} phone    the address of the telephone's window; empty where there is none
 * @property {import("./types.js").Me} me
 * @property {Record<string, string>} names   person id -> name
 * @property {Api} api
 * @property {Clock} clock
 * @property {Store} store
 * @property {Live} live
 * @property {Orders} orders
 * @property {Lock} lock
 * @property {Ring} ring
 * @property {Session} session
 * @property {Say} say
 */

/** @returns {Promise<Desk>} */
export async function openDesk() {
  const told = JSON.parse(document.getElementById("desk")?.textContent ?? "{}");
  const api = new Api(told.api, told.language);
  const clock = new Clock();
  const store = new Store();
  const me = await whoIsHere(api, told);
  clock.note(me.now);
  const say = new Say({ language: told.language, messages: told.messages, offsetMinutes: me.utc_offset_minutes ?? 0 });
  const live = new Live({ store, clock, api, name: `pasokh-desk-${me.session_id}` });
  const orders = new Orders({ api, clock, person: me.person, spool: new Spool() });
  // The wall has no keyboard, and shows nothing of one caller.
  const lock = new Lock({ api, told: told.desk === "wallboard" ? undefined : told.lock, session: () => me.session_id, locked: me.locked });
  const ring = new Ring({ store, lock, me, kind: told.desk });
  const session = new Session({ api, live, lock, orders, me, kind: told.desk });
  live.subscribe(() => live.state === "live" && orders.flush());
  // Opened first: what is fetched after it has the places that this desk is recorded to read.
  await session.start();
  live.start();
  lock.start();
  ring.start();
  void orders.start();
  if ((told.training || me.training) && !document.body.dataset.training) document.body.dataset.training = say.t("desk.training");
  const desk = { kind: told.desk, phone: told.phone ?? "", language: told.language, me, names: told.names ?? {}, api, clock, store, live, orders, lock, ring, session, say };
  coverOver(desk);
  return desk;
}

/** @param {Api} api @param {any} told */
async function whoIsHere(api, told) {
  for (;;) {
    try {
      return await api.get("/desk/me");
    } catch (error) {
      if (error instanceof Error && "problem" in error) {
        location.assign(`/office/${told.language}/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
        await new Promise(() => {});
      }
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
  }
}
