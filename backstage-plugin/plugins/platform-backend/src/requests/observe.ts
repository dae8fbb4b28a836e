/** Writes what the watcher sees. The same observation twice changes nothing; of two writers at once, one wins. */
import { settle } from '../lifecycle/settle';
import type { RequestEnvironment } from './environment';
import type { StoredRequest, WorkflowObservation } from './model';
import { type Consequence, consequenceOf, consequenceOfLoss, isOrphan } from './observation';
import { enqueueStop } from './queueing';
import { END_STATUSES } from './stateMachine';
import { SYSTEM, type Work } from './Work';

/** What the watcher says of the workflow of an attempt. Attempts that are over and unknown requests are ignored. */
export async function observe(
  env: RequestEnvironment,
  id: string,
  attempt: number,
  seen: WorkflowObservation,
): Promise<void> {
  await env.commit(async work => {
    const request = await current(work, id, attempt);
    if (request === undefined) {
      return;
    }
    const isOpen = !END_STATUSES.has(request.status) || request.rollback === 'running';
    if (isOpen && (await work.stores.steps.put(id, attempt, seen.steps))) {
      work.touch(id);
    }
    if (isOrphan(request, seen)) {
      await stopOnce(work, request);
    }
    let after = request;
    // At most: it started, it ended, its rollback ended.
    for (
      let next = consequenceOf(after, seen, work.at);
      next !== undefined;
      next = consequenceOf(after, seen, work.at)
    ) {
      after = await happen(env, work, after, next);
    }
  });
}

/** What the watcher says when the workflow of an attempt is gone. */
export async function lost(env: RequestEnvironment, id: string, attempt: number, message: string): Promise<void> {
  await env.commit(async work => {
    const request = await current(work, id, attempt);
    const consequence = request && consequenceOfLoss(request, message);
    if (request !== undefined && consequence !== undefined) {
      await happen(env, work, request, consequence);
    }
  });
}

async function current(work: Work, id: string, attempt: number): Promise<StoredRequest | undefined> {
  const request = await work.stores.requests.findToChange(id);
  return request?.attempt === attempt ? request : undefined;
}

async function happen(env: RequestEnvironment, work: Work, request: StoredRequest, next: Consequence): Promise<StoredRequest> {
  const succeeds = next.action === 'succeeded';
  // What stands is locked before the team and the request are written, as whoever asks for a change does.
  const standing = succeeds ? await work.stores.namespaces.lock(request.originId ?? request.id) : undefined;
  const after = await work.record(request, { ...next, actorRef: SYSTEM });
  if (succeeds) {
    await settle(env.berth(), work, after, standing);
  }
  const isUnwanted = next.action === 'started' && after.cancelRequestedAt !== undefined;
  if (isUnwanted || next.action === 'never-started') {
    await enqueueStop(work, after);
  }
  return after;
}

async function stopOnce(work: Work, request: StoredRequest): Promise<void> {
  const pending = await work.stores.outbox.pending(request.id);
  if (!pending.some(({ kind }) => kind === 'stop')) {
    await enqueueStop(work, request);
  }
}
