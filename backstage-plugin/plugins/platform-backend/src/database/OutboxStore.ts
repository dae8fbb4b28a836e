/**
 * What is still to be said to Argo or to people. A row is written in the transaction that makes it necessary, and deleted in
 * the one that writes what came of it; `outbox/OutboxWorker.ts` does the work between.
 */
import type { Knex } from 'knex';
import { isSqlite, skippingLocked, storable } from './dialect';

/** What a row asks for: hand a workflow to Argo, stop one, tell people. */
export type OutboxKind = 'submit' | 'stop' | 'notify';

/** All kinds. */
export const OUTBOX_KINDS: readonly OutboxKind[] = ['submit', 'stop', 'notify'];

/** What is to be done. */
export interface OutboxEntry {
  kind: OutboxKind;
  requestId: string;
  attempt: number;
  /** `submit`: the workflow, byte for byte; `stop`: its name; `notify`: the notification as JSON. */
  payload: string;
  /** Of what was rendered. */
  policyDigest?: string;
  coreVersion?: string;
}

/** A row that a worker holds. */
export interface OutboxRow extends OutboxEntry {
  id: number;
  /** How often it was begun, with this time. */
  tries: number;
  /** An earlier try may have done it, though nobody heard so. */
  inDoubt: boolean;
  /** Proves that it is still ours. */
  lease: string;
  createdAt: string;
}

/** What waits of a kind. */
export interface OutboxDepth {
  kind: OutboxKind;
  count: number;
  /** When the oldest was written. */
  oldest: string;
}

interface Row {
  id: number | string;
  kind: OutboxKind;
  request_id: string;
  attempt: number;
  payload: string;
  policy_digest: string | null;
  core_version: string | null;
  leased_by: string;
  in_doubt: boolean | number;
  tries: number;
  created_at: string;
}

/** The table `outbox`. `available_at` is when a row may be taken: a lease moves it behind the lease's end. */
export class OutboxStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes a row, when it is awaited; it may be taken from `availableAt` on. */
  add(entry: OutboxEntry, at: string, availableAt: string = at): Knex.QueryBuilder {
    return this.#knex('outbox').insert({
      kind: entry.kind,
      request_id: entry.requestId,
      attempt: entry.attempt,
      payload: entry.payload,
      policy_digest: entry.policyDigest ?? null,
      core_version: entry.coreVersion ?? null,
      available_at: availableAt,
      leased_by: null,
      in_doubt: false,
      tries: 0,
      last_error: null,
      created_at: at,
    });
  }

  /** Takes up to `limit` rows that are due, the oldest first. They are ours until `until`; then others may take them. */
  async claim(kind: OutboxKind, limit: number, now: string, until: string, lease: string): Promise<OutboxRow[]> {
    const due = this.#knex('outbox').where({ kind }).where('available_at', '<=', now);
    const chosen = skippingLocked(this.#knex, due.orderBy('available_at').limit(limit).select('id'));
    const rows: Row[] = await this.#knex('outbox')
      .whereIn('id', chosen)
      .update({
        leased_by: lease,
        available_at: until,
        // Whoever held it before has not said how it ended.
        in_doubt: this.#knex.raw('(in_doubt OR leased_by IS NOT NULL)'),
        tries: this.#knex.raw('tries + 1'),
        last_error: null,
      })
      .returning('*');
    return rows.map(fromRow).sort((a, b) => a.id - b.id);
  }

  /** Keeps a row that takes long until `until`; false when it is no longer ours. */
  async renew(row: OutboxRow, until: string): Promise<boolean> {
    return (await this.#knex('outbox').where({ id: row.id, leased_by: row.lease }).update({ available_at: until })) > 0;
  }

  /** Frees what a process held that is gone. Only known where there is one process: on SQLite. */
  async takeOver(kind: OutboxKind, now: string): Promise<void> {
    if (isSqlite(this.#knex)) {
      await this.#knex('outbox').where({ kind }).whereNotNull('leased_by').update({ leased_by: null, available_at: now, in_doubt: true });
    }
  }

  /** Deletes a row that is done; false when it is no longer ours. */
  async finish(row: OutboxRow): Promise<boolean> {
    return (await this.#knex('outbox').where({ id: row.id, leased_by: row.lease }).delete()) > 0;
  }

  /**
   * Gives a row back for another try at `availableAt`.
   *
   * @param inDoubt - it may have been done all the same; once in doubt, a row stays so
   */
  async giveBack(row: OutboxRow, availableAt: string, error: string, inDoubt: boolean): Promise<void> {
    await this.#knex('outbox')
      .where({ id: row.id, leased_by: row.lease })
      .update({ leased_by: null, available_at: availableAt, last_error: storable(error), in_doubt: inDoubt || row.inDoubt });
  }

  /**
   * Deletes the `submit` row of an attempt if nothing of it can have reached Argo.
   *
   * @returns false when something may have
   */
  async withdraw(requestId: string, attempt: number): Promise<boolean> {
    const rows: (Pick<Row, 'id' | 'in_doubt'> & { leased_by: string | null })[] = await this.#knex('outbox')
      .where({ kind: 'submit', request_id: requestId, attempt })
      .forUpdate()
      .select('id', 'in_doubt', 'leased_by');
    if (rows.length === 0 || rows.some(row => Boolean(row.in_doubt) || row.leased_by !== null)) {
      return false;
    }
    await this.#knex('outbox').whereIn('id', rows.map(row => row.id)).delete();
    return true;
  }

  /** Lets a row of a request that nobody holds be taken now. */
  async hurry(requestId: string, kind: OutboxKind, now: string): Promise<void> {
    await this.#knex('outbox')
      .where({ kind, request_id: requestId })
      .whereNull('leased_by')
      .update({ available_at: now });
  }

  /** Lets the rows of a kind that nobody holds be taken now, such as when Argo is back. */
  async makeDue(kind: OutboxKind, now: string): Promise<void> {
    await this.#knex('outbox')
      .where({ kind })
      .whereNull('leased_by')
      .where('available_at', '>', now)
      .update({ available_at: now });
  }

  /** What waits, by kind. */
  async depth(): Promise<OutboxDepth[]> {
    const rows: { kind: OutboxKind; count: number | string; oldest: string }[] = await this.#knex('outbox')
      .groupBy('kind')
      .orderBy('kind')
      .select('kind')
      .count({ count: '*' })
      .min({ oldest: 'created_at' });
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }

  /** What is still to be done for a request: its kinds, and what went wrong last. */
  async pending(requestId: string): Promise<{ kind: OutboxKind; tries: number; lastError?: string }[]> {
    const rows: { kind: OutboxKind; tries: number; last_error: string | null }[] = await this.#knex('outbox')
      .where({ request_id: requestId })
      .orderBy('id')
      .select('kind', 'tries', 'last_error');
    return rows.map(row => ({
      kind: row.kind,
      tries: row.tries,
      ...(row.last_error !== null && { lastError: row.last_error }),
    }));
  }
}

function fromRow(row: Row): OutboxRow {
  return {
    id: Number(row.id),
    kind: row.kind,
    requestId: row.request_id,
    attempt: row.attempt,
    payload: row.payload,
    tries: row.tries,
    inDoubt: Boolean(row.in_doubt),
    lease: row.leased_by,
    createdAt: row.created_at,
    ...(row.policy_digest !== null && { policyDigest: row.policy_digest }),
    ...(row.core_version !== null && { coreVersion: row.core_version }),
  };
}
