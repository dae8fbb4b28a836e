/** What all operations on requests work with. */
import { randomUUID } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { Berth } from '@berth/core';
import type { WorkflowTarget } from '../argo';
import type { Stores } from '../database/Stores';
import { type CommitListener, Work } from './Work';

/** What the plugin gives in. */
export interface RequestServiceOptions {
  stores: Stores;
  /** Today's documents; `DocumentStore` is one. */
  documents: { berth(): Berth };
  /** The Argo instance that carries out what goes to a cluster. */
  instanceOf(cluster: string): string;
  /** How workflows for an Argo instance are rendered: whole unless said otherwise. */
  targetOf?(instance: string): WorkflowTarget;
  /** What a cluster holds of a namespace that Berth did not make, where there is an account to read it with. */
  readLive?(cluster: string, name: string): Promise<readonly object[]>;
  times?: RequestTimes;
  now?(): Date;
  newId?(): string;
}

/** How long things are waited for or remembered, in milliseconds. */
export interface RequestTimes {
  /** How long an approval is awaited. */
  approval: number;
  /** How long before the end of that its approvers are reminded. */
  reminderBefore: number;
  /** How long an idempotency key counts. */
  idempotencyKey: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** Where nothing else is configured. */
const STANDARD_TIMES: RequestTimes = { approval: 14 * DAY, reminderBefore: 4 * DAY, idempotencyKey: DAY };

/** The options with their defaults, and transactions that tell their listeners. */
export class RequestEnvironment {
  readonly stores: Stores;
  readonly newId: () => string;
  readonly times: RequestTimes;
  readonly #options: RequestServiceOptions;
  readonly #listeners = new Set<CommitListener>();

  constructor(options: RequestServiceOptions) {
    this.#options = options;
    this.stores = options.stores;
    this.newId = options.newId ?? randomUUID;
    this.times = options.times ?? STANDARD_TIMES;
  }

  /** The compiled documents of today. */
  berth(): Berth {
    return this.#options.documents.berth();
  }

  instanceOf(cluster: string): string {
    return this.#options.instanceOf(cluster);
  }

  /** How workflows for a cluster are rendered. */
  targetOf(cluster: string): WorkflowTarget {
    return this.#options.targetOf?.(this.instanceOf(cluster)) ?? 'workflow';
  }

  /** What a cluster holds of a namespace that shall be taken over. @throws InputError when there is none, or nobody may look */
  async readLive(cluster: string, name: string): Promise<readonly object[]> {
    const { readLive } = this.#options;
    if (readLive === undefined) {
      throw new InputError('nothing can be taken over: no cluster can be read; the platform team must add `berth.clusters.<name>.inventory`');
    }
    return readLive(cluster, name);
  }

  now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  /** This many milliseconds from now, or before, as text. */
  after(milliseconds: number): string {
    return new Date(this.now().getTime() + milliseconds).toISOString();
  }

  /** When a request that waits for an approval from now on lapses. */
  approvalEnd(): string {
    return this.after(this.times.approval);
  }

  /** Tells `listener` of each commit from now on. */
  onCommit(listener: CommitListener): void {
    this.#listeners.add(listener);
  }

  /**
   * Runs `work` in one transaction, maybe more than once, and tells the listeners when it stands.
   *
   * @param team - whose limits are judged: such transactions wait for each other, and share their commits
   */
  async commit<T>(work: (work: Work) => Promise<T>, team?: string): Promise<T> {
    const [result, done] = await this.stores.transaction(async stores => {
      const unit = new Work(stores, this.now().toISOString());
      return [await work(unit), unit.done] as const;
    }, team);
    if (done.changed.length > 0 || done.enqueued.length > 0) {
      this.#listeners.forEach(listener => listener(done));
    }
    return result;
  }
}
