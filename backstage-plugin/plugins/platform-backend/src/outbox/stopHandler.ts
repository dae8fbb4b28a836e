/** Tells Argo to stop workflows; how they end is seen by the watcher. */
import type { RequestEnvironment } from '../requests/environment';
import { consequenceOfLoss } from '../requests/observation';
import { SYSTEM } from '../requests/Work';
import { NotDone, type OutboxHandler } from './OutboxWorker';
import type { EngineOf } from './submitHandler';

/** The handler of `stop`. */
export function createStopHandler(environment: RequestEnvironment, engineOf: EngineOf): OutboxHandler {
  return async row => {
    const request = await environment.stores.requests.get(row.requestId);
    const engine = engineOf(request.argoInstance);
    if (engine === undefined) {
      throw new NotDone(`there is no Argo instance \`${request.argoInstance}\` in \`argoWorkflows.instances\`; add it`);
    }
    if ((await engine.stop(row.payload)) !== 'absent') {
      return undefined;
    }
    return async work => {
      const now = await work.stores.requests.lock(row.requestId);
      const message = `its workflow \`${row.payload}\` is gone, so nobody knows what is left of it; try again, which takes that up`;
      const consequence = now.attempt === row.attempt ? consequenceOfLoss(now, message) : undefined;
      if (consequence !== undefined) {
        await work.record(now, { ...consequence, actorRef: SYSTEM });
      }
    };
  };
}
