/** The audit trail: what happened to each request, and who did it. Lines are only added. */
import type { Knex } from 'knex';
import type { RequestAction, RequestEvent, RequestStatus } from '../requests/model';
import { storable } from './dialect';

interface EventRow {
  id: number | string;
  request_id: string;
  at: string;
  actor_ref: string;
  action: RequestAction;
  from_status: RequestStatus | null;
  to_status: RequestStatus;
  version: number;
  attempt: number;
  comment: string | null;
  details: string | null;
}

/** The table `events`. */
export class EventStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds a line, when it is awaited. */
  append(event: Omit<RequestEvent, 'id'>): Knex.QueryBuilder {
    return this.#knex('events').insert({
      request_id: event.requestId,
      at: event.at,
      actor_ref: event.actorRef,
      action: event.action,
      from_status: event.fromStatus ?? null,
      to_status: event.toStatus,
      version: event.version,
      attempt: event.attempt,
      comment: event.comment === undefined ? null : storable(event.comment),
      details: event.details ? JSON.stringify(event.details) : null,
    });
  }

  /** What happened to a request, the oldest first. */
  async list(requestId: string): Promise<RequestEvent[]> {
    const rows: EventRow[] = await this.#knex('events').where({ request_id: requestId }).orderBy('id');
    return rows.map(row => ({
      id: Number(row.id),
      requestId: row.request_id,
      at: row.at,
      actorRef: row.actor_ref,
      action: row.action,
      toStatus: row.to_status,
      version: row.version,
      attempt: row.attempt,
      ...(row.from_status !== null && { fromStatus: row.from_status }),
      ...(row.comment !== null && { comment: row.comment }),
      ...(row.details !== null && { details: JSON.parse(row.details) }),
    }));
  }

  /** Deletes at most `limit` lines from before `before`; says how many. */
  async deleteBefore(before: string, limit: number): Promise<number> {
    const old = this.#knex('events').where('at', '<', before).orderBy('at').limit(limit).select('id');
    return this.#knex('events').whereIn('id', old).delete();
  }
}
