/**
 * What stands once a request is carried out: the row of what it made, and what the request that made it holds. Called in the
 * transaction in which the success is written, with the row locked.
 */
import type { Berth } from '@berth/core';
import { isAboutStanding, type RequestAction, type StoredRequest } from '../requests/model';
import { Policy } from '../requests/policy';
import { SYSTEM, type Work } from '../requests/Work';
import type { GoneWhy, StoredNamespace } from './model';
import { ownersOf } from './owners';

const DAY = 24 * 60 * 60 * 1000;

/** Writes down what a successful request has made of what stands. */
export async function settle(berth: Berth, work: Work, done: StoredRequest, standing: StoredNamespace | undefined): Promise<void> {
  if (!isAboutStanding(done.kind)) {
    await work.stores.namespaces.put(standingBy(berth, done, work.at));
    return;
  }
  // What vanished meanwhile stays gone: its name may be somebody else's by now.
  if (standing === undefined || standing.state === 'gone') {
    return;
  }
  switch (done.kind) {
    case 'change':
      await applied(berth, work, done, standing);
      break;
    case 'freeze':
      await frozen(berth, work, done, standing);
      break;
    default:
      await gone(work, standing, 'decommissioned', done);
  }
}

/** What a request has made, now that it stands. */
export function standingBy(berth: Berth, request: StoredRequest, at: string): StoredNamespace {
  const { id, blueprint, cluster, name, team, environment, parameters, wantedDigest, monthlyCost, currency } = request;
  const expiresAt = Policy.of(berth).endOf(blueprint, parameters);
  return {
    requestId: id,
    blueprint,
    cluster,
    name,
    team,
    environment,
    state: 'standing',
    parameters,
    appliedBy: id,
    wantedDigest,
    monthlyCost,
    currency,
    stoodAt: request.finishedAt ?? at,
    updatedAt: at,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What stands is gone: its name, slot and budget are free. */
export async function gone(work: Work, standing: StoredNamespace, why: GoneWhy, by?: StoredRequest): Promise<void> {
  const { deleteAt: _deleteAt, ...rest } = standing;
  await work.stores.namespaces.put({ ...rest, state: 'gone', updatedAt: work.at, goneAt: work.at, goneWhy: why });
  await recordAtOrigin(work, standing, why === 'decommissioned' ? 'released' : 'vanished', by);
}

async function applied(berth: Berth, work: Work, done: StoredRequest, standing: StoredNamespace): Promise<void> {
  const { parameters, wantedDigest, monthlyCost, currency, id: appliedBy } = done;
  const { deleteAt: _deleteAt, expiresAt: _expiresAt, ...rest } = standing;
  const expiresAt = Policy.of(berth).endOf(standing.blueprint, parameters);
  await work.stores.namespaces.put({
    ...rest,
    state: 'standing',
    parameters,
    appliedBy,
    wantedDigest,
    monthlyCost,
    currency,
    updatedAt: work.at,
    ...(expiresAt !== undefined && { expiresAt }),
  });
  await recordAtOrigin(work, standing, standing.state === 'frozen' ? 'restored' : 'changed', done, monthlyCost);
}

/** From now on it can be taken back; then it goes. */
async function frozen(berth: Berth, work: Work, done: StoredRequest, standing: StoredNamespace): Promise<void> {
  const days = Policy.of(berth).graceDaysOf(done.purpose === 'expiry' ? 'expiry' : 'decommission');
  const deleteAt = new Date(Date.parse(work.at) + days * DAY).toISOString();
  await work.stores.namespaces.put({ ...standing, state: 'frozen', deleteAt, updatedAt: work.at });
  const origin = await recordAtOrigin(work, standing, 'frozen', done);
  await work.tell(origin, 'frozen', { to: ownersOf(berth, standing), comment: deleteAt });
}

/** The audit trail of the request that made it tells its whole life. */
async function recordAtOrigin(
  work: Work,
  { requestId }: StoredNamespace,
  action: RequestAction,
  by?: StoredRequest,
  heldCost?: number,
): Promise<StoredRequest> {
  const origin = await work.stores.requests.lock(requestId);
  return work.record(origin, {
    action,
    actorRef: by?.requester.ref ?? SYSTEM,
    ...(by && { details: { requestId: by.id, kind: by.kind } }),
    changes: heldCost === undefined ? {} : { heldCost },
  });
}
