// People who ask for namespaces and don't give up: each POST is repeated with its Idempotency-Key until it is answered.
import { randomUUID } from 'node:crypto';
import { demoToken } from '../../../scripts/demo/token.mjs';
import { LAST_STATUSES } from './judge.mjs';

const PEOPLE = 4;
/** About how long a workflow of three steps takes. */
const FIRST_AIM_MS = 200;
const LATER = 1.08;
const TIERS = ['micro', 'small', 'medium'];
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

export class Requesters {
  /** What was asked for: `{ name, key, requestId?, refused?, cancelled }`. */
  asked = [];
  repeats = 0;
  #stopped = false;
  #running = [];

  constructor({ url, random }) {
    this.url = url;
    this.random = random;
  }

  start() {
    for (let person = 0; person < PEOPLE; person += 1) this.#running.push(this.#ask(person));
  }

  /** Asks for nothing new; waits until everything that was begun is answered. */
  async finish() {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  summary() {
    return `${this.asked.length} asked for, ${this.asked.filter(a => a.requestId).length} accepted, ${this.repeats} calls repeated`;
  }

  /**
   * Asks for so many, and cancels each when it is about to end: a little later after a cancellation that won, a little earlier after
   * one that came too late, so that most of them meet the end.
   */
  async askAndAim(count) {
    const left = Array.from({ length: count }, (_, index) => index);
    const person = async name => {
      const token = tokenOf(name);
      let afterMs = FIRST_AIM_MS;
      while (left.pop() !== undefined) {
        const asked = await this.#submit(token);
        if (!asked.requestId) continue;
        await pause(afterMs * (0.95 + this.random() / 10));
        await this.#cancel(token, asked);
        const { status } = await this.#ended(token, asked);
        afterMs *= status === 'cancelled' ? LATER : 1 / LATER;
      }
    };
    await Promise.all(Array.from({ length: PEOPLE }, (_, name) => person(name)));
  }

  async #ask(person) {
    const token = tokenOf(person);
    while (!this.#stopped) {
      const asked = await this.#submit(token);
      if (asked.requestId && this.random() < 0.15) {
        await pause(this.random() * 600);
        await this.#cancel(token, asked);
      }
      await pause(this.random() * 150);
    }
  }

  async #submit(token) {
    const number = this.asked.length;
    const asked = { name: `chaos-${number}`, key: randomUUID(), cancelled: false };
    this.asked.push(asked);
    const answer = await this.#insist(token, 'POST', '/namespaces/request', {
      headers: { 'idempotency-key': asked.key },
      body: {
        namespaceName: asked.name,
        // Few for each team, so that no limit is met.
        team: `team-${Math.floor(number / 8)}`,
        environment: 'development',
        resourceTier: TIERS[number % TIERS.length],
        networkPolicy: 'isolated',
        features: [],
        description: 'Asked for while everything falls over',
      },
    });
    if (answer.status === 201) asked.requestId = answer.body.requestId;
    else asked.refused = `${answer.status} ${JSON.stringify(answer.body)}`;
    return asked;
  }

  async #cancel(token, asked) {
    const path = `/namespaces/request/${asked.requestId}/cancel`;
    const { status } = await this.#insist(token, 'POST', path, { body: { comment: 'no longer needed' } });
    asked.cancelled = status < 300;
  }

  /** Its status, once that is a last one. */
  async #ended(token, { requestId }) {
    for (;;) {
      const { body } = await this.#insist(token, 'GET', `/namespaces/request/${requestId}/status`);
      if (LAST_STATUSES.has(body.status)) return body;
      await pause(20);
    }
  }

  /** One call until it is answered with anything but a server's error. */
  async #insist(token, method, path, { headers = {}, body } = {}) {
    for (;;) {
      try {
        const answer = await fetch(`${this.url()}/api/platform${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        });
        const text = await answer.text();
        if (answer.status < 500 && answer.status !== 429) return { status: answer.status, body: JSON.parse(text) };
      } catch {
        // The backend was killed under the call: nobody knows whether it took the request. The key makes the repeat safe.
      }
      this.repeats += 1;
      await pause(50 + this.random() * 150);
    }
  }
}

function tokenOf(person) {
  return demoToken({ sub: `person-${person}`, groups: ['Platform-Admins'], roles: ['platform:admin'] });
}
