// What the plugin does without being called: it works off the outbox, watches Argo, tells people, browsers and metrics, and reminds
// and ends requests that nobody approves. Everything here may run in several processes at once; leases in the database settle who does what.
import { setTimeout } from 'node:timers/promises';
import type { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ArgoEngines } from './argo';
import type { DocumentStore } from './documents';
import { type ArgoHealth, runProbes } from './health';
import type { Inventory } from './inventory';
import { tick } from './lifecycle/clock';
import type { BerthMetrics } from './metrics';
import { createNotifyHandler, formatMoney } from './notifications';
import { OutboxWorker } from './outbox/OutboxWorker';
import { createStopHandler } from './outbox/stopHandler';
import { createSubmitHandler, type EngineOf } from './outbox/submitHandler';
import type { RequestService } from './requests/RequestService';
import { Policy } from './requests/policy';
import { deleteOld, type Retention } from './retention/retention';
import { RequestSignals } from './signals/RequestSignals';
import type { Foreground } from './timing/Foreground';
import { type LogSink, runWatchers } from './watch';

export interface WorkOptions {
  requests: RequestService;
  engines: ArgoEngines;
  documents: DocumentStore;
  health: ArgoHealth;
  metrics: BerthMetrics;
  foreground: Foreground;
  notifications: NotificationService;
  signals: SignalsService;
  retention: Retention;
  scheduler: SchedulerService;
  inventory: Inventory;
  logger: LoggerService;
}

/** News that can't be delivered for so long is no news. */
const NOTIFY_FOR_MS = 24 * 60 * 60 * 1000;

/** What is under way has so long to end. What has not ended then is done again by whoever finds its lease run out. */
const STOP_WITHIN_MS = 5_000;

/**
 * Starts it.
 *
 * @returns ends it: no new work is begun, what is under way is finished if it can be soon
 */
export async function startWork(options: WorkOptions): Promise<() => Promise<void>> {
  const { requests, engines, documents, foreground, health, metrics, notifications, retention, signals, scheduler, inventory, logger } = options;
  const { environment } = requests;
  const engineOf: EngineOf = instance => engines.all().find(engine => engine.instance === instance);
  const money = (minorUnits: number, currency: string) =>
    formatMoney(minorUnits, currency, Policy.of(documents.berth()).currencyDecimals);
  const notify = createNotifyHandler({ notifications, requests, logger, formatMoney: money });
  const room = () => foreground.room();
  const workers = [
    new OutboxWorker({ kind: 'submit', environment, logger, room, handler: createSubmitHandler(environment, engineOf) }),
    new OutboxWorker({ kind: 'stop', environment, logger, handler: createStopHandler(environment, engineOf) }),
    new OutboxWorker({ kind: 'notify', environment, logger, room, handler: notify, giveUpAfterMs: NOTIFY_FOR_MS }),
  ];
  workers.forEach(worker => worker.start());
  const browsers = new RequestSignals(signals, logger);
  environment.onCommit(committed => {
    browsers.changed(committed.changed);
    metrics.committed(committed);
  });
  // What waited for Argo need not wait any longer.
  health.onChange(({ up }) => {
    if (up) {
      workers.forEach(worker =>
        worker.retryNow().catch(error => logger.warn(`the outbox can't be hurried, it goes on by itself: ${stringifyError(error)}`)),
      );
    }
  });

  const ending = new AbortController();
  const { leases } = environment.stores;
  const logs: LogSink = { put: read => environment.stores.single(stores => stores.logs.put(read)) };
  const labelPrefix = () => Policy.of(documents.berth()).labelPrefix;
  const { watchLag: onEnded, watching: onWatching } = metrics;
  const watcher = { requests, leases, logs, health, logger, labelPrefix, onEnded, onWatching, room };
  const watching = runWatchers(engines.all(), watcher, ending.signal);
  const probing = runProbes(engines.all(), health, ending.signal);

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
      const { logs: oldLogs, events, idempotencyKeys } = await deleteOld(environment.stores, retention, environment.now(), signal);
      logger.info(`deleted what is too old: ${oldLogs} logs, ${events} events, ${idempotencyKeys} idempotency keys`);
    },
  });

  await scheduler.scheduleTask({
    id: 'platform-lifecycle',
    frequency: { minutes: 5 },
    timeout: { minutes: 4 },
    scope: 'global',
    fn: async () => {
      await tick(environment);
    },
  });
  await inventory.start(environment, scheduler, logger);

  return async () => {
    ending.abort();
    await inventory.close();
    const ended = Promise.all([watching, probing, ...workers.map(worker => worker.stop())]);
    const isOver = await Promise.race([ended.then(() => true), setTimeout(STOP_WITHIN_MS, false, { ref: false })]);
    if (!isOver) {
      logger.warn(`Argo has not answered for ${STOP_WITHIN_MS / 1000} s: what is under way is left to the next process`);
    }
    await browsers.flush().catch(() => undefined);
    await engines.close();
    documents.close();
  };
}
