/** Keys that callers sent along, so that a repeated call makes one request. They count per actor, for a day. */
import type { Knex } from 'knex';

/** A key that was used. */
export interface IdempotencyEntry {
  actorRef: string;
  key: string;
  /** Of what was asked for. */
  bodyHash: string;
  requestId: string;
  createdAt: string;
}

interface Row {
  actor_ref: string;
  key: string;
  body_hash: string;
  request_id: string;
  created_at: string;
}

/** The table `idempotency_keys`. */
export class IdempotencyStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What the key was used for, if that was at `since` or later. */
  async find(actorRef: string, key: string, since: string): Promise<IdempotencyEntry | undefined> {
    const row: Row | undefined = await this.#knex('idempotency_keys')
      .where({ actor_ref: actorRef, key })
      .where('created_at', '>=', since)
      .first();
    return (
      row && {
        actorRef: row.actor_ref,
        key: row.key,
        bodyHash: row.body_hash,
        requestId: row.request_id,
        createdAt: row.created_at,
      }
    );
  }

  /** Takes a key. Another one who takes it waits for our transaction, and then meets a unique index. */
  async take(entry: IdempotencyEntry, since: string): Promise<void> {
    await this.#knex('idempotency_keys')
      .where({ actor_ref: entry.actorRef, key: entry.key })
      .where('created_at', '<', since)
      .delete();
    await this.#knex('idempotency_keys').insert({
      actor_ref: entry.actorRef,
      key: entry.key,
      body_hash: entry.bodyHash,
      request_id: entry.requestId,
      created_at: entry.createdAt,
    });
  }

  /** Deletes at most `limit` keys from before `before`; says how many. */
  async deleteBefore(before: string, limit: number): Promise<number> {
    const old: Pick<Row, 'actor_ref' | 'key'>[] = await this.#knex('idempotency_keys')
      .where('created_at', '<', before)
      .orderBy('created_at')
      .limit(limit)
      .select('actor_ref', 'key');
    if (old.length === 0) {
      return 0;
    }
    return this.#knex('idempotency_keys')
      .whereIn(['actor_ref', 'key'], old.map(row => [row.actor_ref, row.key]))
      .where('created_at', '<', before)
      .delete();
  }
}
