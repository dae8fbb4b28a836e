// Who calls: asks for namespaces and reads a status, over a few connections, as fast as it is answered.
import autocannon from 'autocannon';
import { demoToken } from '../../../scripts/demo/token.mjs';

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

export class Caller {
  /** Answers that were not 2xx. */
  refused = 0;
  #asked = 0;
  #requestId;

  constructor({ url, connections }) {
    const token = demoToken({ sub: 'load-test', groups: ['Platform-Admins'], roles: ['platform:admin'] });
    this.connections = connections;
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.base = `${url}/api/platform/namespaces/request`;
  }

  /** POSTs: `amount` of them, or for `duration` seconds. */
  ask(limit) {
    const setupRequest = request => ({ ...request, body: JSON.stringify(namespace(this.#asked++)) });
    const onResponse = (status, body) => {
      if (status === 201) this.#requestId ??= JSON.parse(body).requestId;
    };
    return this.#run({ ...limit, url: this.base, requests: [{ method: 'POST', headers: this.headers, setupRequest, onResponse }] });
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
    const answer = await fetch(`${this.base}s?limit=1&status=${status}`, { headers: this.headers });
    return (await answer.json()).items.length;
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
function namespace(n) {
  return {
    namespaceName: `load-${n}`,
    team: `team-${Math.floor(n / 8)}`,
    environment: 'development',
    resourceTier: 'small',
    networkPolicy: 'isolated',
    features: [],
    description: 'One of very many',
  };
}
