// One of the demo's people, signed in without a password, who calls the HTTP API.
import { setTimeout as pause } from 'node:timers/promises';

/** The catalog needs a moment until it knows them. */
const LONGEST_MS = 60_000;
const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'XMLHttpRequest' };

/**
 * @param {string} url of the demo backend
 * @param {string} name such as `ada`
 */
export async function signIn(url, name) {
  const deadline = Date.now() + LONGEST_MS;
  for (;;) {
    const answer = await fetch(`${url}/api/auth/persona/refresh`, { headers: { ...HEADERS, 'x-berth-persona': name } });
    if (answer.ok) {
      const { token } = (await answer.json()).backstageIdentity;
      return new Person(`${url}/api/platform`, token);
    }
    if (Date.now() > deadline) throw new Error(`${name} can't sign in: ${answer.status} ${await answer.text()}`);
    await pause(500);
  }
}

class Person {
  #base;
  #headers;

  constructor(base, token) {
    this.#base = base;
    this.#headers = { ...HEADERS, authorization: `Bearer ${token}` };
  }

  /** What is answered, whatever it is. */
  async ask(method, path, body) {
    const answer = await fetch(`${this.#base}${path}`, { method, headers: this.#headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json() };
  }

  /** What is answered, which must be a success. */
  async call(method, path, body) {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get(path) {
    return this.call('GET', path);
  }
}
