// What happened before somebody opens the demo: the teams' past requests, asked for, approved and refused through the API as the people
// themselves. Each has a key of its own, so that a second run over the same data makes nothing twice.
const PAYMENTS = { team: 'payments', networkPolicy: 'team-shared' };
const CHECKOUT = { team: 'checkout', networkPolicy: 'isolated' };

/** `then`: what becomes of a request that waits, or runs. */
const PAST = [
  {
    who: 'ada',
    ask: { ...PAYMENTS, namespaceName: 'payments-reports', environment: 'staging', resourceTier: 'small', features: ['backup-enabled'], description: 'Monthly reports' },
  },
  {
    who: 'ada',
    ask: { ...PAYMENTS, namespaceName: 'payments-api', environment: 'production', resourceTier: 'medium', features: ['monitoring-enhanced'], description: 'The public payments API', costCenter: 'CC-1042' },
    then: { who: 'grace', does: 'approve', comment: 'Fits the budget, and the limits look right' },
  },
  { who: 'ada', ask: { ...PAYMENTS, namespaceName: 'payments-playground', environment: 'development', resourceTier: 'micro', features: [], description: 'To try things out' } },
  { who: 'carol', ask: { ...CHECKOUT, namespaceName: 'checkout-web', environment: 'staging', resourceTier: 'small', features: ['external-ingress'], description: 'The shop’s front' } },
  {
    who: 'carol',
    ask: { ...CHECKOUT, namespaceName: 'checkout-load', environment: 'production', resourceTier: 'large', features: [], description: 'Load test' },
    then: { who: 'grace', does: 'reject', comment: 'Load tests run in staging: please ask for it there' },
  },
  { who: 'heidi', ask: { team: 'platform', namespaceName: 'platform-tools', environment: 'development', resourceTier: 'medium', networkPolicy: 'isolated', features: ['database-access'], description: 'Tools of the platform team' } },
  { who: 'ada', ask: { ...PAYMENTS, namespaceName: 'payments-batch', environment: 'production', resourceTier: 'small', features: [], description: 'Nightly settlement' }, then: { who: 'ada', does: 'cancel', comment: 'Not needed after all' } },
  { who: 'carol', ask: { ...CHECKOUT, namespaceName: 'checkout-live', environment: 'production', resourceTier: 'medium', features: ['monitoring-enhanced', 'external-ingress'], description: 'The shop, for the autumn sale' } },
];

/** The engine's arguments by which the first request above fails for good: its step fails as often as it is tried. */
export const FAILING_ONCE = ['--fail', 'backup:3'];

const LONGEST_WAIT_MS = 60_000;

/** @param url - of the backend */
export async function seed(url) {
  const people = new Map();
  for (const [index, { who, ask, then }] of PAST.entries()) {
    people.set(who, people.get(who) ?? (await tokenOf(url, who)));
    const made = await call(url, '/requests', people.get(who), { blueprint: 'namespace', parameters: ask }, `demo-${index}`);
    if (index === 0) {
      // It takes the failures that the engine has in store.
      await ended(url, made.requestId, people.get(who));
    }
    if (then && !made.replayed) {
      people.set(then.who, people.get(then.who) ?? (await tokenOf(url, then.who)));
      const planDigest = then.does === 'approve' ? { planDigest: made.planDigest } : {};
      await call(url, `/requests/${made.requestId}/${then.does}`, people.get(then.who), { ...planDigest, comment: then.comment });
    }
  }
}

/** Signs somebody in as the portal does. The catalog needs a moment until it knows them. */
async function tokenOf(url, name) {
  return until(async () => {
    const answer = await fetch(`${url}/api/auth/persona/refresh`, { headers: { 'x-berth-persona': name } });
    return answer.ok ? (await answer.json()).backstageIdentity.token : undefined;
  }, `nobody could sign in as \`${name}\``);
}

async function ended(url, requestId, token) {
  const headers = { authorization: `Bearer ${token}` };
  await until(async () => {
    const answer = await fetch(`${url}/api/platform/requests/${requestId}/status`, { headers });
    const { status, rollback } = await answer.json();
    return ['completed', 'failed'].includes(status) && rollback !== 'running';
  }, `the request \`${requestId}\` did not end`);
}

async function call(url, path, token, body, key) {
  const answer = await fetch(`${url}/api/platform${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`the past could not be made: \`${path}\` answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}

async function until(look, otherwise) {
  const end = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(otherwise);
}
