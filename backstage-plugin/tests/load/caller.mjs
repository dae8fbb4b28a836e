// Who calls: asks for namespaces and reads a status, over a few connections, as fast as it is answered.
import autocannon from 'autocannon';
import { demoToken } from '../../../scripts/demo/token.mjs';

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

export class Caller {
  /** Answers that were not 2xx. */
  refused = 0;
  #asked = 0;
  #requestId;
  #name;

  constructor({ url, connections, name = 'load' }) {
    this.#name = name;
    const token = demoToken({ sub: 'load-test', groups: ['Platform-Admins'], roles: ['platform:admin'] });
    this.connections = connections;
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.base = `${url}/api/platform/namespaces/request`;
  }

  /** POSTs: `amount` of them, or for `duration` seconds. */
  ask(limit) {
    const setupRequest = request => ({ ...request, body: JSON.stringify(namespace(this.#asked++, this.#name)) });
    const onResponse = (status, body) => {
      if (status === 201) this.#requestId ??= JSON.parse(body).requestId;
    };
    return this.#run({ ...limit, url: this.base, requests: [{ method: 'POST', headers: this.headers, setupRequest, onResponse }] });
  }

  /** Asks for one namespace, and says what was answered. */
  one() {
    return this.#call(this.base, { method: 'POST', body: JSON.stringify(namespace(this.#asked++, this.#name)) });
  }

  /** How a request is. */
  status(requestId) {
    return this.#call(`${this.base}/${requestId}/status`);
  }

  /** Reads the status of one request. */
  read(limit) {
    return this.#run({ ...limit, url: `${this.base}/${this.#requestId}/status`, headers: this.headers });
  }

  /** Until none of the requests is under way any more. */
  async settled() {
    for (const status of ['queued', 'provisioning']) {
      while ((await this.#some(status)) > 0) await pause(500);
    }
  }

  async #some(status) {
    return (await this.#call(`${this.base}s?limit=1&status=${status}`)).items.length;
  }

  async #call(url, options = {}) {
    const answer = await fetch(url, { ...options, headers: this.headers });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  }

  async #run(settings) {
    const result = await new Promise((resolve, reject) =>
      autocannon({ connections: this.connections, ...settings }, (error, done) => (error ? reject(error) : resolve(done))),
    );
    this.refused += result.non2xx + result.errors;
    return result;
  }
}

/** Few for each team, so that no limit is met. */
function namespace(n, name) {
  return {
    namespaceName: `${name}-${n}`,
    team: `${name}-${Math.floor(n / 8)}`,
    environment: 'development',
    resourceTier: 'small',
    networkPolicy: 'isolated',
    features: [],
    description: 'One of very many',
  };
}
