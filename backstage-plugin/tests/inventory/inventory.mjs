// What really stands, on a real API server: the demo backend reads it with the account of deploy/, and the engine writes to it. Used, changed by
// hand, repaired, taken over, deleted by hand, made elsewhere; and a cluster whose certificate is another's is not read.
//   BERTH_TEST_KUBECONFIG=FILE node tests/inventory/inventory.mjs
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';
import { signIn } from '../lib/person.mjs';
import { Cluster } from './cluster.mjs';

const { BERTH_TEST_KUBECONFIG: kubeconfig } = process.env;
if (!kubeconfig) throw new Error('BERTH_TEST_KUBECONFIG names no cluster; tests/cluster/README.md says what it must have');

/** A cluster is read every ten seconds, and what is missed is missed for a minute before it counts as gone. */
const PATIENCE_MS = 240_000;
const NAMES = ['checkout', 'legacy', 'elsewhere'].map(name => `${name}-${process.pid}`);
const [CHECKOUT, LEGACY, ELSEWHERE] = NAMES;
const PARAMETERS = { team: 'payments', environment: 'development', resourceTier: 'small', description: 'Checkout of the shop' };
/** All but those that a mesh or a GPU would need. */
const FEATURES = ['backup-enabled', 'database-access', 'external-ingress', 'monitoring-enhanced'];

const began = performance.now();
const say = what => console.log(`inventory: ${what} (${((performance.now() - began) / 1000).toFixed(0)} s)`);

async function until(what, look) {
  const deadline = Date.now() + PATIENCE_MS;
  for (let seen; Date.now() < deadline; await pause(500)) {
    seen = await look();
    if (seen) return say(what);
  }
  throw new Error(`never seen: ${what}`);
}

const cluster = new Cluster(kubeconfig);
const folder = await mkdtemp(join(tmpdir(), 'berth-inventory-'));
const ends = [() => rm(folder, { recursive: true, force: true })];
try {
  ends.push(() => cluster.kubectl('delete', 'namespace', ...NAMES, '--ignore-not-found', '--wait=false'));
  // Backups lie there; other tests have it, too.
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'velero' } });
  ends.push(() => cluster.kubectl('delete', 'schedule.velero.io', ...NAMES.map(name => `berth-${name}`), '--namespace=velero', '--ignore-not-found'));
  const reader = await cluster.readerNamed(`berth-inventory-${process.pid}`);
  ends.push(reader.remove);
  const mayNot = ['create pods', 'get secrets', 'get configmaps', 'patch resourcequotas', 'delete namespaces'];
  for (const right of mayNot) {
    const answer = await cluster.kubectl('auth', 'can-i', ...right.split(' '), `--as=${reader.user}`).catch(({ stdout }) => stdout.trim());
    assert.equal(answer, 'no', right);
  }
  const engine = await startEngine('--kubeconfig', kubeconfig);
  ends.push(() => engine.stop());
  const ca = join(folder, 'ca.crt');
  const another = join(folder, 'another-ca.crt');
  await writeFile(ca, await cluster.ca());
  await writeFile(another, rootCertificates[0]);
  const inventory = { url: await cluster.url(), token: reader.token, intervalSeconds: 10 };
  const backend = await startBackend({
    folder,
    argoUrl: engine.url,
    config: {
      argoWorkflows_instances: [{ name: 'main', baseUrl: engine.url, namespace: 'berth-workflows', token: engine.token, timeout: '10s' }],
      berth_clusters: {
        main: { inventory: { ...inventory, caFile: ca } },
        another: { inventory: { ...inventory, caFile: another } },
        unknown: { inventory },
      },
    },
  });
  ends.push(() => backend.stop('SIGKILL'));
  const [ada, grace, heidi] = await Promise.all(['ada', 'grace', 'heidi'].map(name => signIn(backend.url, name)));
  const at = name => ada.get(`/namespaces/${name}`);
  const done = async ({ requestId }) => {
    let body;
    await until(`request ${requestId} has ended`, async () => {
      body = await ada.get(`/requests/${requestId}/status`);
      return ['completed', 'failed', 'cancelled'].includes(body.status);
    });
    assert.equal(body.status, 'completed', JSON.stringify(body));
  };

  await done(await ada.call('POST', '/namespaces/request', { ...PARAMETERS, namespaceName: CHECKOUT, features: FEATURES }));
  let seen;
  const fresh = (what, wanted) => until(what, async () => wanted((seen = await at(CHECKOUT))));
  await fresh('it is seen as it was made', ({ source, usage }) => source === 'cluster' && usage.pods?.hard === '10');
  assert.deepEqual(seen.drift, [], 'defaults and status that the API server adds are no drift');

  // A certificate that isn't the one of the configuration, or of a public authority, ends the call; nothing is skipped.
  const { parts } = await heidi.get('/health/details');
  assert.deepEqual([parts['inventory/main'].status, parts['inventory/another'].status, parts['inventory/unknown'].status], ['ok', 'degraded', 'degraded']);
  for (const name of ['another', 'unknown']) {
    assert.match(parts[`inventory/${name}`].message, new RegExp(`the cluster \`${name}\` can't be read \\(.*certificate.*caFile`), name);
  }
  say(`another certificate: ${parts['inventory/another'].message}`);

  // Six pods don't fit into the micro tier, and the refusal says so with both figures.
  await cluster.apply(...Array.from({ length: 6 }, (_, index) => pod(`web-${index}`)));
  await fresh('six pods are counted', ({ usage }) => usage.pods.used === '6');
  const micro = await ada.ask('PATCH', `/namespaces/${CHECKOUT}`, { resourceTier: 'micro' });
  assert.equal(micro.status, 400, JSON.stringify(micro.body));
  const figures = ['`limits.cpu` would be limited to 2, and 2400m is in use', '`pods` would be limited to 5, and 6 is in use'];
  assert.deepEqual(micro.body.violations.map(({ path, message }) => [path, message]), figures.map(message => ['/resourceTier', message]));
  say(`a smaller size is refused: ${figures.join('; ')}`);

  // One object of each kind goes, and a figure is changed: each is shown, so the account may read all of them.
  const gone = ['limitrange/compute-limit-range', 'serviceaccount/payments-deployer', 'rolebinding/payments-developers', 'networkpolicy/default-deny-all',
    `ingress/${CHECKOUT}`, `servicemonitor/${CHECKOUT}`, `podmonitor/${CHECKOUT}`, `prometheusrule/${CHECKOUT}`];
  await cluster.kubectl('delete', ...gone, `--namespace=${CHECKOUT}`);
  await cluster.kubectl('delete', `schedule.velero.io/berth-${CHECKOUT}`, '--namespace=velero');
  await cluster.kubectl('patch', 'resourcequota/compute-quota', `--namespace=${CHECKOUT}`, '--patch={"spec":{"hard":{"pods":"500"}}}');
  await fresh('what was changed by hand is drift', ({ drift }) => drift.length >= 10);
  const missing = seen.drift.filter(({ path }) => path === '').map(({ object }) => `${object.kind.toLowerCase()}/${object.name}`);
  assert.deepEqual(missing.sort(), [...gone, `schedule/berth-${CHECKOUT}`].sort());
  assert.deepEqual(seen.drift.filter(({ path }) => path !== '').map(({ path, want, have }) => [path, want, have]), [['/spec/hard/pods', '10', '500']]);
  await done(await ada.call('POST', `/namespaces/${CHECKOUT}/repair`));
  await fresh('repaired, it is as it was made', ({ drift, openRequests }) => drift.length === 0 && openRequests.length === 0);

  // Something that was made without Berth: shown, compared, approved, taken over.
  await cluster.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: LEGACY, labels: { owner: 'ada' } } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ELSEWHERE, labels: { 'platform.io/managed': 'true', 'platform.io/team': 'payments' } } },
  );
  const plan = await ada.call('POST', `/namespaces/${LEGACY}/plan`, { adopt: PARAMETERS });
  assert.ok(plan.changes.some(({ kind, change }) => kind === 'Namespace' && change === 'changed'), JSON.stringify(plan.changes));
  const adoption = await ada.call('POST', `/namespaces/${LEGACY}/adopt`, PARAMETERS);
  assert.equal(adoption.status, 'pending-approval');
  await grace.call('POST', `/requests/${adoption.requestId}/approve`, { planDigest: adoption.planDigest });
  await done(adoption);
  assert.equal(await cluster.kubectl('get', 'namespace', LEGACY, '--output=jsonpath={.metadata.labels.owner}'), 'ada');
  await until('what nobody asked for is listed', async () => {
    const { unmanaged = [] } = await heidi.get('/namespaces');
    return unmanaged.some(({ name }) => name === ELSEWHERE) && !unmanaged.some(({ name }) => name === LEGACY);
  });

  // Deleted by hand: missing at once, and free when the API server has said so twice.
  await cluster.kubectl('delete', 'namespace', CHECKOUT);
  await fresh('it is missing', ({ state }) => state === 'missing');
  await until('its name is free', async () => (await ada.ask('GET', `/namespaces/${CHECKOUT}`)).status === 404);
  const again = await ada.call('POST', '/namespaces/validate', { ...PARAMETERS, namespaceName: CHECKOUT });
  assert.equal(again.valid, true, JSON.stringify(again.violations));
} finally {
  for (const end of ends.reverse()) await end();
}

function pod(name) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: CHECKOUT },
    spec: { containers: [{ name: 'web', image: 'registry.k8s.io/pause:3.10' }] },
  };
}
