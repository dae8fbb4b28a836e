/** Requests that nobody approves: their approvers are reminded, and in the end they lapse. */
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { type Happening, SYSTEM } from './Work';

/** How many are looked at in one go. */
const BATCH = 100;

/** How many requests were reminded of, and how many lapsed. */
export interface Lapsed {
  reminded: number;
  expired: number;
}

/** Reminds of requests that lapse soon, and ends those that nobody approved in time. */
export async function lapseApprovals(env: RequestEnvironment): Promise<Lapsed> {
  const { requests } = env.stores;
  const now = env.now().toISOString();
  const soon = env.after(env.times.reminderBefore);
  let expired = 0;
  for (const id of await requests.expired(now, BATCH)) {
    const isDue = (request: StoredRequest) => request.expiresAt !== undefined && request.expiresAt <= now;
    const happening: Happening = {
      action: 'expired',
      actorRef: SYSTEM,
      changes: { error: { message: 'nobody approved it in time; ask for it again if it is still wanted' } },
      notify: 'expired',
    };
    expired += await happen(env, id, isDue, happening);
  }
  let reminded = 0;
  for (const id of await requests.toRemind(soon, BATCH)) {
    const isDue = (request: StoredRequest) => request.remindedAt === undefined;
    const happening: Happening = {
      action: 'reminded',
      actorRef: SYSTEM,
      changes: { remindedAt: now },
      notify: 'approval-reminder',
    };
    reminded += await happen(env, id, isDue, happening);
  }
  return { reminded, expired };
}

/** Lets it happen if the request still waits. */
async function happen(
  env: RequestEnvironment,
  id: string,
  isDue: (request: StoredRequest) => boolean,
  happening: Happening,
): Promise<number> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    if (request.status !== 'pending-approval' || !isDue(request)) {
      return 0;
    }
    await work.record(request, happening);
    return 1;
  });
}
