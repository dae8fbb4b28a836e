// People who ask for namespaces and don't give up: each POST is repeated with its Idempotency-Key until it is answered.
import { randomUUID } from 'node:crypto';
import { demoToken } from '../../../scripts/demo/token.mjs';

const PEOPLE = 4;
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

  async #ask(person) {
    const token = demoToken({ sub: `person-${person}`, groups: ['Platform-Admins'], roles: ['platform:admin'] });
    while (!this.#stopped) {
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
      if (asked.requestId && this.random() < 0.15) {
        await pause(this.random() * 600);
        const cancel = await this.#insist(token, 'POST', `/namespaces/request/${asked.requestId}/cancel`, { body: { comment: 'no longer needed' } });
        asked.cancelled = cancel.status < 300;
      }
      await pause(this.random() * 150);
    }
  }

  /** One call until it is answered with anything but a server's error. */
  async #insist(token, method, path, { headers = {}, body }) {
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
