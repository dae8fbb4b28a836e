/** What `GET /health/details` tells: each part, and what waits because of it. Readiness never depends on this. */
import type { components } from '@berth/plugin-platform-common';
import type { OutboxDepth } from '../database/OutboxStore';
import type { ArgoHealth, ArgoState } from './ArgoHealth';

/** As the API gives it. */
export type HealthDetails = components['schemas']['HealthDetails'];

/** The state of one part. */
export type HealthPart = HealthDetails['parts'][string];

export interface HealthDeps {
  argo: Pick<ArgoHealth, 'states'>;
  outbox: { depth(): Promise<OutboxDepth[]> };
}

/** What waits longer than this in the outbox is stuck. */
const STUCK_MS = 5 * 60_000;

/** The state of Argo, the database and the outbox, with `others` beside them. */
export async function healthDetails(
  { argo, outbox }: HealthDeps,
  others: Record<string, HealthPart> = {},
): Promise<HealthDetails> {
  const depth = await outbox.depth().catch(() => undefined);
  const submits = depth?.find(({ kind }) => kind === 'submit')?.count ?? 0;
  const parts: Record<string, HealthPart> = {
    database: depth ? { status: 'ok' } : { status: 'degraded', message: 'the database does not answer; see the log' },
    outbox: outboxPart(depth ?? []),
    ...Object.fromEntries(argo.states().map(state => [`argo/${state.instance}`, argoPart(state, submits)])),
    ...others,
  };
  const isDegraded = Object.values(parts).some(({ status }) => status === 'degraded');
  return { status: isDegraded ? 'degraded' : 'ok', parts };
}

function argoPart({ up, since, reason }: ArgoState, submits: number): HealthPart {
  if (up === undefined) {
    return { status: 'ok', message: 'not asked yet' };
  }
  return up ? { status: 'ok' } : { status: 'degraded', message: `away since ${since}, ${waiting(submits)}: ${reason}` };
}

function waiting(submits: number): string {
  return submits === 1 ? '1 request waits' : `${submits} requests wait`;
}

function outboxPart(depth: OutboxDepth[]): HealthPart {
  const stuck = depth.filter(({ oldest }) => Date.now() - Date.parse(oldest) > STUCK_MS);
  const told = stuck.map(({ kind, count, oldest }) => `${count} of \`${kind}\` since ${oldest}`);
  return stuck.length > 0 ? { status: 'degraded', message: `waiting: ${told.join(', ')}; see the log` } : { status: 'ok' };
}
