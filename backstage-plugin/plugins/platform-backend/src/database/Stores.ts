/** All tables, in or outside a transaction. */
import type { Knex } from 'knex';
import { EventStore } from './EventStore';
import { GroupCommit } from './GroupCommit';
import { IdempotencyStore } from './IdempotencyStore';
import { LeaseStore } from './LeaseStore';
import { LogStore } from './LogStore';
import { NamespaceStore } from './NamespaceStore';
import { ObservationStore } from './ObservationStore';
import { OutboxStore } from './OutboxStore';
import { RequestStore } from './RequestStore';
import { StepStore } from './StepStore';
import { TeamStore } from './TeamStore';
import { isSqlite, isWorthAnotherTry, prepareDatabase, writeTogether } from './dialect';

/** How often a transaction is run that met another one. */
const TRIES = 5;

/** One store a table. */
export class Stores {
  readonly requests: RequestStore;
  readonly namespaces: NamespaceStore;
  readonly observations: ObservationStore;
  readonly teams: TeamStore;
  readonly events: EventStore;
  readonly outbox: OutboxStore;
  readonly idempotency: IdempotencyStore;
  readonly steps: StepStore;
  readonly logs: LogStore;
  readonly leases: LeaseStore;
  readonly #knex: Knex;
  /** Transactions that wait for each other, by what they wait for. */
  readonly #queues = new Map<string, GroupCommit>();

  constructor(knex: Knex) {
    this.#knex = knex;
    this.teams = new TeamStore(knex);
    this.requests = new RequestStore(knex, this.teams);
    this.namespaces = new NamespaceStore(knex);
    this.observations = new ObservationStore(knex);
    this.events = new EventStore(knex);
    this.outbox = new OutboxStore(knex);
    this.idempotency = new IdempotencyStore(knex);
    this.steps = new StepStore(knex);
    this.logs = new LogStore(knex);
    this.leases = new LeaseStore(knex);
  }

  /** Makes the database ready, and opens it. */
  static async open(knex: Knex, options: { migrate?: boolean } = {}): Promise<Stores> {
    await prepareDatabase(knex, options);
    return new Stores(knex);
  }

  /**
   * Runs `work` in one transaction: all that it writes is there afterwards, or nothing. It may be run more than once, so it
   * must do nothing outside the database.
   *
   * @param queue - what it needs for itself for long, if anything: transactions of the same queue come one after the other
   */
  async transaction<T>(work: (stores: Stores) => Promise<T>, queue?: string): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#queue(queue).transaction(trx => work(new Stores(trx)));
      } catch (error) {
        if (tries >= TRIES || !isWorthAnotherTry(error)) {
          throw error;
        }
      }
    }
  }

  /** A statement that needs no transaction: where there is one writer, it shares the commit of others. */
  single<T>(statement: (stores: Stores) => Promise<T>): Promise<T> {
    return isSqlite(this.#knex) ? this.transaction(statement) : statement(this);
  }

  /** Writes what needs nothing of each other, in as few trips to the database as can be. */
  write(writes: readonly Knex.QueryBuilder[]): Promise<void> {
    return writeTogether(this.#knex, writes);
  }

  #queue(name: string | undefined): Pick<GroupCommit, 'transaction'> {
    if (name === undefined && !isSqlite(this.#knex)) {
      return this.#knex;
    }
    const key = isSqlite(this.#knex) ? 'the one writer' : `queue ${name}`;
    let queue = this.#queues.get(key);
    if (queue === undefined) {
      queue = new GroupCommit(this.#knex, () => this.#queues.delete(key));
      this.#queues.set(key, queue);
    }
    return queue;
  }
}
