/**
 * Hears of every change of the Workflows of one Argo instance, whatever becomes of the connection: a stream of changes, a list
 * where the stream can't go on, and a slow re-list that finds what a stream has missed. What a Workflow means is not known here.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { ArgoError, type Workflow, type WorkflowEngine } from '../argo';
import type { ArgoHealth } from '../health/ArgoHealth';
import { backoff, pause } from '../timing/backoff';

/** How fast a follower works; tests are in more of a hurry than Argo. */
export interface FollowerTimes {
  /** Between two re-lists. */
  relistMs: number;
  /** The bounds of the wait before Argo is asked again. */
  backoff: { firstMs: number; mostMs: number };
  /** A stream that lasted this long was a good one. */
  goodStreamMs: number;
}

export const FOLLOWER_TIMES: FollowerTimes = {
  relistMs: 60_000,
  backoff: { firstMs: 500, mostMs: 30_000 },
  goodStreamMs: 10_000,
};

export interface FollowerDeps {
  engine: WorkflowEngine;
  health: ArgoHealth;
  logger: LoggerService;
  /** Which Workflows are ours; asked for each list and stream, since the platform document may change. */
  labelSelector(): string;
  /** Takes a Workflow that stands or has changed. */
  onWorkflow(workflow: Workflow): void;
  /** Takes the name of one that was deleted. */
  onDeleted(name: string): void;
  /** Looks after Workflows that are awaited and not in the list of those that have not ended. */
  onListed(present: ReadonlySet<string>, signal: AbortSignal): Promise<void>;
  times?: FollowerTimes;
}

/** The label that Argo gives to what has ended. */
const OPEN = 'workflows.argoproj.io/completed!=true';

export class WorkflowFollower {
  readonly #deps: FollowerDeps;
  readonly #times: FollowerTimes;

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
    this.#times = deps.times ?? FOLLOWER_TIMES;
  }

  /** Follows until `signal` is aborted. Never throws: whatever fails is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#stream(signal), this.#relist(signal)]);
  }

  async #stream(signal: AbortSignal): Promise<void> {
    const { engine, labelSelector } = this.#deps;
    let failures = 0;
    // Where the stream goes on; nothing when only a list can tell what stands.
    let version: string | undefined;
    while (!signal.aborted) {
      const begun = Date.now();
      try {
        version ??= await this.#list(signal);
        for await (const { type, workflow } of engine.watch(labelSelector(), version, signal)) {
          version = workflow.metadata.resourceVersion;
          this.#heard(type, workflow);
        }
      } catch (error) {
        // Whether Argo is away is seen by the list that comes next: a stream also ends when nothing is wrong.
        if (version === undefined) {
          this.#away(error);
        } else {
          this.#deps.logger.debug(`the stream of Argo \`${engine.instance}\` ended: ${stringifyError(error)}`);
        }
        version = undefined;
      }
      // Argo ends a stream after a while, which is nothing to wait for. One that ends again and again is.
      failures = Date.now() - begun >= this.#times.goodStreamMs ? 0 : failures + 1;
      if (failures > 0) {
        await pause(backoff(failures, this.#times.backoff), signal);
      }
    }
  }

  async #relist(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(backoff(1, { firstMs: this.#times.relistMs, mostMs: this.#times.relistMs }), signal);
      if (signal.aborted) {
        return;
      }
      try {
        await this.#list(signal);
      } catch (error) {
        this.#away(error);
      }
    }
  }

  /** All that has not ended; what has is asked for by name if somebody waits for it. */
  async #list(signal: AbortSignal): Promise<string> {
    const { engine, health, labelSelector, onWorkflow, onListed } = this.#deps;
    const { items, resourceVersion } = await engine.list(`${labelSelector()},${OPEN}`);
    health.up(engine.instance);
    items.forEach(onWorkflow);
    await onListed(new Set(items.map(item => item.metadata.name)), signal);
    return resourceVersion;
  }

  #heard(type: string, workflow: Workflow): void {
    this.#deps.health.up(this.#deps.engine.instance);
    if (type === 'DELETED') {
      this.#deps.onDeleted(workflow.metadata.name);
    } else {
      this.#deps.onWorkflow(workflow);
    }
  }

  #away(error: unknown): void {
    const { engine, health, logger } = this.#deps;
    if (error instanceof ArgoError) {
      health.down(engine.instance, error.message);
    } else {
      logger.warn(`Argo \`${engine.instance}\` can't be listed, it is tried again: ${stringifyError(error)}`);
    }
  }
}
