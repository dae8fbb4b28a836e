// What must be true after the storm.
import { demoToken } from '../../../scripts/demo/token.mjs';

/** What a request ends as. */
export const LAST_STATUSES = new Set(['completed', 'failed', 'rejected', 'cancelled']);
const ADMIN = { groups: ['Platform-Admins'], roles: ['platform:admin'] };
const REQUEST_ID = 'platform.io/request-id';
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** @returns {Promise<string[]>} what is wrong; empty when all is well */
export async function judge({ requesters, engine, backend, patienceMs = 120_000 }) {
  const call = caller(backend.url);
  const findings = [];
  const refused = requesters.asked.filter(asked => asked.refused);
  findings.push(...refused.map(asked => `\`${asked.name}\` was refused: ${asked.refused}`));

  const stored = await settled(call, patienceMs, findings);
  const byName = Map.groupBy(stored, request => request.name);
  const workflows = Map.groupBy(await engine.workflows(), workflow => workflow.metadata.labels[REQUEST_ID]);
  const namespaces = await engine.namespaces();

  for (const asked of requesters.asked.filter(a => a.requestId)) {
    const rows = byName.get(asked.name) ?? [];
    if (rows.length !== 1) findings.push(`\`${asked.name}\` was asked for once and is stored ${rows.length} times`);
    const request = rows.find(row => row.requestId === asked.requestId);
    if (!request) {
      findings.push(`\`${asked.name}\` was accepted as ${asked.requestId}, which is lost`);
      continue;
    }
    const made = workflows.get(asked.requestId) ?? [];
    if (made.length > 1) findings.push(`\`${asked.name}\` has ${made.length} Workflows`);
    if (made.length === 0 && request.status !== 'cancelled') findings.push(`\`${asked.name}\` is ${request.status} without a Workflow`);
    const stands = namespaces.has(asked.name);
    if (stands !== (request.status === 'completed')) {
      findings.push(`\`${asked.name}\` is ${request.status}, but its namespace ${stands ? 'stands' : 'does not stand'}`);
    }
    if (request.status === 'cancelled' && !asked.cancelled) findings.push(`\`${asked.name}\` is cancelled, but nobody cancelled it`);
    findings.push(...(await trail(call, asked, request)));
  }
  const known = new Set(stored.map(request => request.requestId));
  for (const id of workflows.keys()) if (!known.has(id)) findings.push(`a Workflow stands for the unknown request ${id}`);
  console.log(`  ${stored.length} requests: ${count(stored.map(request => request.status))}`);
  return findings;
}

/** All requests, once none is under way any more, or once nothing has moved for so long. */
async function settled(call, patienceMs, findings) {
  let until = Date.now() + patienceMs;
  let fewest = Infinity;
  for (;;) {
    const requests = await all(call);
    const open = requests.filter(request => !LAST_STATUSES.has(request.status) || request.rollback === 'running');
    if (open.length === 0) return requests;
    if (open.length < fewest) {
      fewest = open.length;
      until = Date.now() + patienceMs;
    }
    if (Date.now() > until) {
      findings.push(...open.map(request => `\`${request.name}\` is still ${request.status} (rollback ${request.rollback})`));
      return requests;
    }
    await pause(2000);
  }
}

async function all(call) {
  const requests = [];
  let cursor;
  do {
    const page = await call(`/namespaces/requests?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    requests.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return requests;
}

/** The audit trail leads from the first state to today's without a gap, and no step is told twice. */
async function trail(call, asked, request) {
  const { items } = await call(`/namespaces/request/${asked.requestId}/events`);
  const steps = items.filter(event => event.to !== event.from);
  let at;
  for (const step of steps) {
    if (step.from !== at) return [`the trail of \`${asked.name}\` goes from ${at} on to ${step.from} -> ${step.to}`];
    at = step.to;
  }
  return at === request.status ? [] : [`the trail of \`${asked.name}\` ends at ${at}, its status is ${request.status}`];
}

function caller(url) {
  const token = demoToken({ sub: 'judge', ...ADMIN });
  return async path => {
    const answer = await fetch(`${url}/api/platform${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

function count(words) {
  const counts = Map.groupBy(words, word => word);
  return [...counts].map(([word, list]) => `${list.length} ${word}`).sort().join(', ');
}
