// @ts-check
/** The telephone of a position in a window of its own: a desk that is loaded anew drops no call. */
import { Api } from "./kernel/api.js";
import { html, render } from "./kernel/html.js";
import { Say } from "./kernel/say.js";
import { Phone } from "./phone/phone.js";
import { PhoneWindow } from "./phone/view.js";

const told = JSON.parse(document.getElementById("desk")?.textContent ?? "{}");
const phone = new Phone(new Api(told.api, told.language));
phone.start();
const root = document.getElementById("root");
if (root) render(html`<${PhoneWindow} say=${new Say(told)} phone=${phone} />`, root);
