/** Whoever waits has the approvers told once more, and not too often. */
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assertMayManage } from './authority';
import type { RequestEnvironment } from './environment';
import type { RequestAction, StoredRequest } from './model';
import { Policy } from './policy';
import { assertCan } from './stateMachine';

/** The approvers of a request are told so often at most, whoever asks. */
const LEAST_MINUTES = 60;

/** After these the approvers have heard of it, and it need not be said again at once. */
const REMINDERS: ReadonlySet<RequestAction> = new Set(['nudged', 'reminded']);

/** @throws ConflictError when it waits for no approval, or when they were reminded lately; NotAllowedError outside the team */
export async function nudge(env: RequestEnvironment, actor: Actor, id: string, comment?: string): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertMayManage(Policy.of(env.berth()), actor, request);
    assertCan(request, 'nudged');
    const last = (await work.stores.events.list(id)).findLast(({ action }) => REMINDERS.has(action));
    const minutes = last ? Math.floor((Date.parse(work.at) - Date.parse(last.at)) / 60_000) : LEAST_MINUTES;
    if (minutes < LEAST_MINUTES) {
      throw new ConflictError(
        `the approvers of \`${request.name}\` were reminded ${minutes} min ago: they can be reminded again in ${LEAST_MINUTES - minutes} min`,
      );
    }
    return work.record(request, { action: 'nudged', actorRef: actor.ref, comment, notify: 'approval-nudge' });
  });
}
