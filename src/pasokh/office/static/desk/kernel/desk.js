// @ts-check
/**
 * Opens a desk: reads what the page brought, asks who sits here, and joins the parts of the
 * kernel. Every desk begins with `const desk = await openDesk()`.
 */
import { Api } from "./api.js";
import { Clock } from "./clock.js";
import { Live } from "./live.js";
import { Orders } from "./orders.js";
import { Say } from "./say.js";
import { Spool } from "./spool.js";
import { Store } from "./store.js";

/**
 * @typedef {object} Desk
 * @property {string} kind
 * @property {string} language
 * @property {import("./types.js").Me} me
 * @property {Record<string, string>} names   person id -> name
 * @property {Api} api
 * @property {Clock} clock
 * @property {Store} store
 * @property {Live} live
 * @property {Orders} orders
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
  live.subscribe(() => live.state === "live" && orders.flush());
  live.start();
  void orders.start();
  if ((told.training || me.training) && !document.body.dataset.training) document.body.dataset.training = say.t("desk.training");
  return { kind: told.desk, language: told.language, me, names: told.names ?? {}, api, clock, store, live, orders, say };
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
