// A namespace to look at: made by the API and waited for, since how one is asked for is another test's story. And when the catalog knows it.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { url } from './portal.mjs';

/** Has a namespace of the payments team made, in development, and waits until it stands. */
export async function standing(name) {
  const headers = await headersOf('ada');
  const call = async (path, init = {}) => {
    const answer = await fetch(`${url}/api/platform${path}`, { ...init, headers });
    const body = await answer.json();
    assert.ok(answer.ok, JSON.stringify(body));
    return body;
  };
  const body = JSON.stringify({ namespaceName: name, team: 'payments', environment: 'development', resourceTier: 'small', description: 'For a look at the pages' });
  const { requestId } = await call('/namespaces/request', { method: 'POST', body });
  for (let status; status !== 'completed'; ) {
    await setTimeout(200);
    ({ status } = await call(`/requests/${requestId}/status`));
    assert.notEqual(status, 'failed');
  }
  return { name, requestId };
}

/** Waits until the catalog has an entity: what stands comes into it every few seconds. */
export async function untilInCatalog(entityRef) {
  const headers = await headersOf('ada');
  const [kind, rest] = entityRef.split(':');
  for (let looks = 0; ; looks += 1) {
    const answer = await fetch(`${url}/api/catalog/entities/by-name/${kind}/${rest}`, { headers });
    if (answer.ok) {
      return;
    }
    assert.ok(looks < 120, `the catalog has no \`${entityRef}\` after a minute`);
    await setTimeout(500);
  }
}

/** What a call of one of the demo's people carries. */
async function headersOf(name) {
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'XMLHttpRequest' };
  const signIn = await fetch(`${url}/api/auth/persona/refresh`, { method: 'POST', headers: { ...headers, 'x-berth-persona': name } });
  const { token } = (await signIn.json()).backstageIdentity;
  return { ...headers, authorization: `Bearer ${token}` };
}
