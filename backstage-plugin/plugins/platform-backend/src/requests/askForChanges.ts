/** Neither yes nor no: the requester hears what would have to be different, and can send the request again. */
import type { Actor } from '../actor/Actor';
import { assertMayApprove } from './authority';
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { assertCan } from './stateMachine';

/** @throws NotAllowedError as for an approval; ConflictError when it waits for none */
export async function askForChanges(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  comment: string,
): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertCan(request, 'changes-asked');
    assertMayApprove(Policy.of(env.berth()), actor, request, request.approval.requirements);
    return work.record(request, {
      action: 'changes-asked',
      actorRef: actor.ref,
      comment,
      changes: { changesAskedAt: work.at },
      notify: 'changes-asked',
    });
  });
}
