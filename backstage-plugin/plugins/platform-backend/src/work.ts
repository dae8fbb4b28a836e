// What the plugin does without being called: it works off the outbox, watches Argo, and reminds and ends requests that nobody
// approves. Everything here may run in several processes at once; leases in the database settle who does what.
import { stringifyError } from '@backstage/errors';
import type { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import type { ArgoEngines } from './argo';
import type { DocumentStore } from './documents';
import type { ArgoHealth } from './health/ArgoHealth';
import { OutboxWorker } from './outbox/OutboxWorker';
import { createStopHandler } from './outbox/stopHandler';
import { createSubmitHandler, type EngineOf } from './outbox/submitHandler';
import type { RequestService } from './requests/RequestService';
import { Policy } from './requests/policy';
import { deleteOld } from './retention/retention';
import { runWatchers } from './watch';

export interface WorkOptions {
  requests: RequestService;
  engines: ArgoEngines;
  documents: DocumentStore;
  health: ArgoHealth;
  scheduler: SchedulerService;
  logger: LoggerService;
}

/**
 * Starts it.
 *
 * @returns ends it: no new work is begun, what is under way is finished
 */
export async function startWork(options: WorkOptions): Promise<() => Promise<void>> {
  const { requests, engines, documents, health, scheduler, logger } = options;
  const { environment } = requests;
  const engineOf: EngineOf = instance => engines.all().find(engine => engine.instance === instance);
  const workers = [
    new OutboxWorker({ kind: 'submit', environment, logger, handler: createSubmitHandler(environment, engineOf) }),
    new OutboxWorker({ kind: 'stop', environment, logger, handler: createStopHandler(environment, engineOf) }),
  ];
  workers.forEach(worker => worker.start());
  // What waited for Argo need not wait any longer.
  health.onChange(({ up }) => {
    if (up) {
      workers.forEach(worker =>
        worker.retryNow().catch(error => logger.warn(`the outbox can't be hurried, it goes on by itself: ${stringifyError(error)}`)),
      );
    }
  });

  const ending = new AbortController();
  const { leases, logs } = environment.stores;
  const labelPrefix = () => Policy.of(documents.berth()).labelPrefix;
  const watching = runWatchers(engines.all(), { requests, leases, logs, health, logger, labelPrefix }, ending.signal);

  await scheduler.scheduleTask({
    id: 'platform-lapse-approvals',
    frequency: { minutes: 5 },
    timeout: { minutes: 4 },
    scope: 'global',
    fn: async () => {
      await requests.lapseApprovals();
    },
  });

  await scheduler.scheduleTask({
    id: 'platform-delete-old',
    frequency: { hours: 24 },
    initialDelay: { minutes: 10 },
    timeout: { hours: 1 },
    scope: 'global',
    fn: async signal => {
      const { logs: oldLogs, events, idempotencyKeys } = await deleteOld(environment.stores, environment.now(), signal);
      logger.info(`deleted what is too old: ${oldLogs} logs, ${events} events, ${idempotencyKeys} idempotency keys`);
    },
  });

  return async () => {
    ending.abort();
    await Promise.all([watching, ...workers.map(worker => worker.stop())]);
    await engines.close();
    documents.close();
  };
}
