// @ts-check
/** Asking the control room over HTTP: an answer, a problem in its words, or nobody there. */

/** Longer than a commit takes on a bad day, shorter than a person waits. */
const PATIENCE_MS = 8000;

/** Nobody answered: cut line, server gone, or it takes nothing at the moment. */
export class NobodyThere extends Error {}

/** The server answered no. `problem` is its problem detail. */
export class ProblemAnswered extends Error {
  /** @param {import("./types.js").Problem} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

export class Api {
  /** @param {string} [base] @param {string} [language] */
  constructor(base = "", language = "fa") {
    this.base = base;
    this.language = language;
    /** Hears of every problem: whoever asked, a session that is over or locked concerns the desk. */
    this.noticed = (/** @type {import("./types.js").Problem} */ _problem) => {};
  }

  /** @param {string} path @param {Record<string, string>} [query] @returns {Promise<any>} */
  get(path, query = {}) {
    const asked = new URLSearchParams(query).toString();
    return this.#ask(asked ? `${path}?${asked}` : path, { method: "GET" });
  }

  /** @param {string} path @param {any} body @returns {Promise<any>} */
  post(path, body) {
    return this.#ask(path, {
      method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" },
    });
  }

  /** Send a form of the office. @param {string} path @param {Record<string, string>} fields @param {string} token */
  form(path, fields, token) {
    return this.#ask(path, { method: "POST", body: new URLSearchParams(fields), headers: { "x-csrftoken": token } });
  }

  /** @param {string} path @param {RequestInit} init */
  async #ask(path, init) {
    const headers = { accept: "application/json", "accept-language": this.language, ...init.headers };
    let answer;
    let told;
    try {
      answer = await fetch(this.base + path, {
        ...init, headers, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS),
      });
      told = await answer.json().catch(() => null);
    } catch (error) {
      throw new NobodyThere(String(error));
    }
    if (answer.ok && told !== null) return told;
    if (told === null || answer.status === 502 || answer.status === 503 || answer.status === 504) {
      throw new NobodyThere(`${answer.status} ${path}`);
    }
    const problem = { ...told, status: answer.status };
    this.noticed(problem);
    throw new ProblemAnswered(problem);
  }
}
