/**
 * One transaction over requests: what happens, its line in the audit trail, and what must be done about it, together or not
 * at all. Afterwards those who wait for it are told.
 */
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { OutboxEntry, OutboxKind } from '../database/OutboxStore';
import type { Stores } from '../database/Stores';
import { concernsAnybody } from '../notifications/recipients';
import type { Notification, NotificationTopic, RequestAction, RequestStatus, StoredRequest } from './model';
import { type Changes, transition } from './stateMachine';

/** Who the clock and Argo are in the audit trail. */
export const SYSTEM = 'system';

/** Something that happens to a request. */
export interface Happening {
  action: RequestAction;
  /** Where to, for an action that leads to more than one status. */
  to?: RequestStatus;
  actorRef: string;
  comment?: string;
  changes?: Changes;
  /** What else the audit trail shall tell. */
  details?: JsonObject;
  /** Whom it concerns is told. */
  notify?: NotificationTopic;
  /** What must be done about it. */
  todo?: readonly OutboxEntry[];
}

/** A step of a request from one status to the next, as it is counted. */
export interface Happened {
  action: RequestAction;
  /** Nothing for a new request. */
  from?: RequestStatus;
  to: RequestStatus;
  environment: string;
  /** Since the request was changed the last time, in milliseconds. */
  afterMs: number;
}

/** What a transaction did, for those who wait for it. */
export interface Committed {
  happened: readonly Happened[];
  /** Requests that are new or changed. */
  changed: readonly string[];
  /** What the outbox has more of. */
  enqueued: readonly OutboxKind[];
}

/** Is told of each commit, at once. Must not throw. */
export type CommitListener = (committed: Committed) => void;

/** What can be done inside one transaction. */
export class Work {
  readonly stores: Stores;
  /** The moment of the transaction. */
  readonly at: string;
  readonly #changed = new Set<string>();
  readonly #enqueued = new Set<OutboxKind>();
  readonly #happened: Happened[] = [];

  constructor(stores: Stores, at: string) {
    this.stores = stores;
    this.at = at;
  }

  /** What was done so far. */
  get done(): Committed {
    return { changed: [...this.#changed], enqueued: [...this.#enqueued], happened: this.#happened };
  }

  /** Stores a new request, and what must be done for it. */
  async create(request: StoredRequest, happening: Omit<Happening, 'action' | 'to' | 'changes'>): Promise<void> {
    const told = this.#told(request, undefined, { ...happening, action: 'submitted' });
    await this.stores.write([...this.stores.requests.insert(request), ...told]);
  }

  /** Lets something happen to a request. @throws ConflictError when it can't, or when somebody else was faster */
  async record(request: StoredRequest, happening: Happening): Promise<StoredRequest> {
    const { action, changes, to } = happening;
    const after = transition(request, action, this.at, changes, to);
    await this.stores.requests.update(request, after);
    await this.stores.write(this.#told(after, request, happening));
    return after;
  }

  /** Adds something to be done after the commit. */
  async enqueue(entry: OutboxEntry): Promise<void> {
    await this.#adding(entry);
  }

  /** Tells people about a request, though nothing happens to it. */
  async tell(request: StoredRequest, topic: NotificationTopic, { to, comment }: Pick<Notification, 'to' | 'comment'>): Promise<void> {
    const { id: requestId, attempt } = request;
    const notification: Notification = { topic, requestId, actorRef: SYSTEM, ...(comment && { comment }), ...(to && { to }) };
    await this.enqueue({ kind: 'notify', requestId, attempt, payload: JSON.stringify(notification) });
  }

  /** Says after the commit that something in the outbox became due. */
  wake(kind: OutboxKind): void {
    this.#enqueued.add(kind);
  }

  /** Says after the commit that something about a request changed. */
  touch(requestId: string): void {
    this.#changed.add(requestId);
  }

  /** What writes down that it happened, and what is to be done about it. */
  #told(request: StoredRequest, before: StoredRequest | undefined, happening: Happening): Knex.QueryBuilder[] {
    const { action, actorRef, comment, details, notify: topic, todo = [] } = happening;
    this.touch(request.id);
    const { id: requestId, status: toStatus, version, attempt, environment } = request;
    const fromStatus = before?.status;
    const afterMs = before === undefined ? 0 : Date.parse(this.at) - Date.parse(before.updatedAt);
    this.#happened.push({ action, from: fromStatus, to: toStatus, environment, afterMs });
    const line = { requestId, at: this.at, actorRef, action, fromStatus, toStatus, version, attempt, comment, details };
    const entries = [...todo];
    const notification = topic && { topic, requestId, actorRef, comment };
    if (notification !== undefined && concernsAnybody(notification, request)) {
      entries.push({ kind: 'notify', requestId, attempt, payload: JSON.stringify(notification) });
    }
    return [this.stores.events.append(line), ...entries.map(entry => this.#adding(entry))];
  }

  #adding(entry: OutboxEntry): Knex.QueryBuilder {
    this.#enqueued.add(entry.kind);
    return this.stores.outbox.add(entry, this.at);
  }
}
