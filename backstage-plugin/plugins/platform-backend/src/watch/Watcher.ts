/**
 * Watches the Workflows of one Argo instance and tells their requests. Of all processes only the one that holds the instance's
 * lease does; the others wait for it.
 *
 * Two that watch at once, for a moment after a lease was lost, do no harm: an observation is written with compare-and-set.
 */
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Workflow, WorkflowEngine } from '../argo';
import type { ArgoHealth } from '../health/ArgoHealth';
import type { WorkflowObservation } from '../requests/model';
import { backoff, pause } from '../timing/backoff';
import { type Handled, ObservationQueue } from './ObservationQueue';
import { type LogSink, REPORT, StepLogs } from './stepLogs';
import { FOLLOWER_TIMES, type FollowerTimes, WorkflowFollower } from './WorkflowFollower';
import { hasEnded, observeWorkflow } from './workflowObservation';

/** A Workflow that a request waits for. */
export interface AwaitedWorkflow {
  id: string;
  attempt: number;
  workflowName: string;
  /** When Argo took it. */
  submittedAt?: string;
}

/** What the watcher needs of requests. */
export interface WatchedRequests {
  /** Whose Workflow it is; nothing for an unknown request. */
  find(id: string): Promise<{ workflowName: string | null; argoInstance: string } | undefined>;
  /** All Workflows on an instance that have something more to say to their request. */
  awaited(argoInstance: string): Promise<AwaitedWorkflow[]>;
  /** Tells a request how its Workflow goes. The same again changes nothing. */
  observe(id: string, attempt: number, observation: WorkflowObservation): Promise<unknown>;
  /** Tells a request that its Workflow is gone, and nobody knows how it ended. */
  lost(id: string, attempt: number, message: string): Promise<unknown>;
}

/** Who may watch: a part of `LeaseStore`. Times are ISO 8601 in UTC. */
export interface Leases {
  acquire(name: string, holder: string, now: string, until: string): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

export interface WatcherTimes extends FollowerTimes {
  /** How long a lease lasts; it is renewed three times as often. */
  leaseMs: number;
  /** How long the logs of a Workflow may take. */
  logsMs: number;
  /** How long what is seen of a Workflow that runs waits for more. */
  gatherMs: number;
  /** A Workflow that Argo does not have is lost when it was submitted this long ago. */
  lostAfterMs: number;
}

export const WATCHER_TIMES: WatcherTimes = {
  ...FOLLOWER_TIMES,
  leaseMs: 15_000,
  logsMs: 10_000,
  lostAfterMs: 120_000,
  gatherMs: 200,
};

export interface WatcherDeps {
  engine: WorkflowEngine;
  requests: WatchedRequests;
  leases: Leases;
  logs: LogSink;
  health: ArgoHealth;
  logger: LoggerService;
  /** The prefix of Berth's labels, by the platform document of today. */
  labelPrefix(): string;
  /** Told how long it took from the end of a Workflow until its request knew. */
  onEnded?(instance: string, lagSeconds: number): void;
  /** Told when this process begins to watch, and when it no longer does. */
  onWatching?(instance: string, isWatching: boolean): void;
  /** Waited for before a Workflow is looked at, such as until those who wait for an answer have theirs. */
  room?(): Promise<void>;
  times?: WatcherTimes;
}

/** How many Workflows are told at once. */
const AT_ONCE = 8;
/** How many Workflows that are not in a list are asked for at once. */
const ASKED_AT_ONCE = 8;

export class Watcher {
  readonly #deps: WatcherDeps;
  readonly #times: WatcherTimes;
  readonly #holder = randomUUID();
  readonly #lease: string;
  readonly #queue: ObservationQueue;
  readonly #logs: StepLogs;
  readonly #follower: WorkflowFollower;

  constructor(deps: WatcherDeps) {
    this.#deps = deps;
    this.#times = deps.times ?? WATCHER_TIMES;
    this.#lease = `watch:${deps.engine.instance}`;
    this.#logs = new StepLogs(deps.engine, deps.logs);
    this.#queue = new ObservationQueue(workflow => this.#tell(workflow), AT_ONCE, this.#times.gatherMs, deps.room);
    this.#follower = new WorkflowFollower({
      ...deps,
      labelSelector: () => `${deps.labelPrefix()}/managed=true`,
      onWorkflow: workflow => this.#queue.add(workflow),
      onDeleted: name => deps.logger.debug(`Workflow \`${name}\` was deleted`),
      onListed: (present, signal) => this.#askForAwaited(present, signal),
      times: this.#times,
    });
  }

  /** Watches, or waits for the lease, until `signal` is aborted. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { engine, leases, logger } = this.#deps;
    while (!signal.aborted) {
      if (await this.#acquire()) {
        logger.info(`watching Argo \`${engine.instance}\``);
        this.#deps.onWatching?.(engine.instance, true);
        await this.#watch(signal);
        this.#deps.onWatching?.(engine.instance, false);
        logger.info(`no longer watching Argo \`${engine.instance}\``);
        await leases.release(this.#lease, this.#holder).catch(() => undefined);
      }
      await pause(backoff(1, { firstMs: this.#times.leaseMs / 3, mostMs: this.#times.leaseMs }), signal);
    }
  }

  /** Watches as long as the lease is ours. */
  async #watch(signal: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const either = AbortSignal.any([signal, lost.signal]);
    await Promise.all([this.#follower.run(either), this.#renew(lost, either)]);
    this.#queue.clear();
    await this.#queue.idle();
    this.#logs.clear();
  }

  async #renew(lost: AbortController, signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.#times.leaseMs / 3, signal);
      if (signal.aborted) {
        return;
      }
      if (!(await this.#acquire())) {
        lost.abort();
        return;
      }
    }
  }

  async #acquire(): Promise<boolean> {
    const now = Date.now();
    const until = new Date(now + this.#times.leaseMs).toISOString();
    try {
      return await this.#deps.leases.acquire(this.#lease, this.#holder, new Date(now).toISOString(), until);
    } catch (error) {
      this.#deps.logger.warn(`the lease \`${this.#lease}\` can't be renewed: ${stringifyError(error)}`);
      return false;
    }
  }

  /** Finds the end of what is awaited and no longer runs, such as what ended while nobody watched. */
  async #askForAwaited(present: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const { engine, requests } = this.#deps;
    const awaited = await requests.awaited(engine.instance);
    const missing = awaited.filter(({ workflowName }) => !present.has(workflowName));
    const worker = async () => {
      for (let next = missing.shift(); next && !signal.aborted; next = missing.shift()) {
        const workflow = await engine.get(next.workflowName);
        if (workflow) {
          this.#queue.add(workflow);
        } else if (Date.now() - Date.parse(next.submittedAt ?? '') > this.#times.lostAfterMs) {
          const message =
            `Argo has no Workflow \`${next.workflowName}\` any more, and nobody saw how it ended: ` +
            'look whether the namespace stands, then try the request again';
          await requests.lost(next.id, next.attempt, message);
        }
      }
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, worker));
  }

  async #tell(workflow: Workflow): Promise<Handled> {
    const { engine, logger, requests } = this.#deps;
    const { name, labels } = workflow.metadata;
    const prefix = this.#deps.labelPrefix();
    const id = labels[`${prefix}/request-id`] ?? '';
    const attempt = Number(labels[`${prefix}/attempt`]);
    try {
      const request = await requests.find(id);
      // Anybody may write our labels onto a Workflow; only the one that we rendered has the name that we gave it.
      if (request?.workflowName !== name || request.argoInstance !== engine.instance) {
        return 'over';
      }
      const observation = observeWorkflow(workflow);
      if (!hasEnded(workflow)) {
        await requests.observe(id, attempt, observation);
        await this.#keepLogs(id, attempt, workflow);
        return 'more-to-come';
      }
      // The logs before the end: who dies between the two begins again with the logs.
      const reasons = await this.#keepLogs(id, attempt, workflow);
      await requests.observe(id, attempt, withReasons(observation, reasons));
      this.#logs.forget(workflow);
      this.#deps.onEnded?.(engine.instance, lagOf(observation));
      return 'over';
    } catch (error) {
      logger.warn(`the request \`${id}\` can't be told of Workflow \`${name}\`, the next re-list tries again: ${stringifyError(error)}`);
      throw error;
    }
  }

  /** Logs that can't be read hold nothing up. */
  async #keepLogs(requestId: string, attempt: number, workflow: Workflow): Promise<ReadonlyMap<string, string>> {
    try {
      return await this.#logs.keep({ requestId, attempt }, workflow, AbortSignal.timeout(this.#times.logsMs));
    } catch (error) {
      const { name } = workflow.metadata;
      this.#deps.logger.warn(`the logs of Workflow \`${name}\` can't be kept, its pods may be gone: ${stringifyError(error)}`);
      return new Map();
    }
  }
}

/** Adds what a step that failed printed last to why it failed. */
function withReasons(observation: WorkflowObservation, reasons: ReadonlyMap<string, string>): WorkflowObservation {
  const steps = observation.steps.map(step => {
    const reason = reasons.get(step.id);
    return reason ? { ...step, message: [step.message, reason].filter(Boolean).join(': ') } : step;
  });
  const failed = steps.find(step => reasons.has(step.id));
  const wasNamed = failed && observation.message?.startsWith(`step \`${failed.id}\` failed`);
  const report = reasons.get(REPORT);
  return { ...observation, steps, ...(report && { report }), ...(wasNamed && { message: `step \`${failed.id}\` failed: ${failed.message}` }) };
}

function lagOf({ finishedAt }: WorkflowObservation): number {
  const lag = finishedAt === undefined ? 0 : (Date.now() - Date.parse(finishedAt)) / 1000;
  return Math.max(0, lag);
}
