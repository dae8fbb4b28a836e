/** What steps printed: the end of it, so that it outlives the pods. What may not be kept is redacted before it comes here. */
import type { Knex } from 'knex';
import { storable } from './dialect';

/** What a step of an attempt printed. */
export interface StepLog {
  requestId: string;
  attempt: number;
  stepId: string;
  content: string;
  /** The beginning was left out. */
  truncated: boolean;
  storedAt: string;
}

interface Row {
  request_id: string;
  attempt: number;
  step_id: string;
  content: string;
  truncated: boolean | number;
  stored_at: string;
}

/** The table `step_logs`. */
export class LogStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Keeps what steps printed, over what was kept before; each step once. */
  async put(logs: readonly StepLog[]): Promise<void> {
    const rows = logs.map((log): Row => ({
      request_id: log.requestId,
      attempt: log.attempt,
      step_id: log.stepId,
      content: storable(log.content),
      truncated: log.truncated,
      stored_at: log.storedAt,
    }));
    if (rows.length > 0) {
      await this.#knex('step_logs').insert(rows).onConflict(['request_id', 'attempt', 'step_id']).merge();
    }
  }

  /** What is (still) kept of an attempt, in the order in which it was stored. */
  async list(requestId: string, attempt: number): Promise<StepLog[]> {
    const rows: Row[] = await this.#knex('step_logs')
      .where({ request_id: requestId, attempt })
      .orderBy(['stored_at', 'step_id']);
    return rows.map(row => ({
      requestId: row.request_id,
      attempt: row.attempt,
      stepId: row.step_id,
      content: row.content,
      truncated: Boolean(row.truncated),
      storedAt: row.stored_at,
    }));
  }

  /** Deletes at most `limit` logs from before `before`; says how many. */
  async deleteBefore(before: string, limit: number): Promise<number> {
    const old: Pick<Row, 'request_id' | 'attempt' | 'step_id'>[] = await this.#knex('step_logs')
      .where('stored_at', '<', before)
      .orderBy('stored_at')
      .limit(limit)
      .select('request_id', 'attempt', 'step_id');
    if (old.length === 0) {
      return 0;
    }
    return this.#knex('step_logs')
      .whereIn(['request_id', 'attempt', 'step_id'], old.map(row => [row.request_id, row.attempt, row.step_id]))
      .where('stored_at', '<', before)
      .delete();
  }
}
