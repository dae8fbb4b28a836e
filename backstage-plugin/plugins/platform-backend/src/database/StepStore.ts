/** The steps of each attempt as they were last seen, so that they outlive the workflow. */
import type { Knex } from 'knex';
import type { StepObservation, StepPhase, StoredStep } from '../requests/model';
import { rowsOf, storable } from './dialect';

interface Row {
  request_id: string;
  attempt: number;
  step_id: string;
  position: number;
  phase: StepPhase;
  started_at: string | null;
  finished_at: string | null;
  message: string | null;
  retries: number;
}

const OF_REQUEST = 'SELECT * FROM steps WHERE request_id = ?';

/** The table `steps`. */
export class StepStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The steps of a request, or of one attempt, in their order. */
  async list(requestId: string, attempt?: number): Promise<StoredStep[]> {
    const rows =
      attempt === undefined
        ? await rowsOf<Row>(this.#knex, `${OF_REQUEST} ORDER BY attempt, position`, [requestId])
        : await rowsOf<Row>(this.#knex, `${OF_REQUEST} AND attempt = ? ORDER BY position`, [requestId, attempt]);
    return rows.map(row => ({
      requestId: row.request_id,
      attempt: row.attempt,
      id: row.step_id,
      phase: row.phase,
      retries: row.retries,
      ...(row.started_at !== null && { startedAt: row.started_at }),
      ...(row.finished_at !== null && { finishedAt: row.finished_at }),
      ...(row.message !== null && { message: row.message }),
    }));
  }

  /** Writes the steps of an attempt that differ from what is kept; says whether any did. */
  async put(requestId: string, attempt: number, steps: readonly StepObservation[]): Promise<boolean> {
    const kept = await rowsOf<Row>(this.#knex, `${OF_REQUEST} AND attempt = ?`, [requestId, attempt]);
    const rows = steps.map((step, position): Row => ({
      request_id: requestId,
      attempt,
      step_id: step.id,
      position,
      phase: step.phase,
      started_at: step.startedAt ?? null,
      finished_at: step.finishedAt ?? null,
      message: step.message === undefined ? null : storable(step.message),
      retries: step.retries,
    }));
    const changed = rows.filter(row => !kept.some(old => isSame(old, row)));
    if (changed.length === 0) {
      return false;
    }
    await this.#knex('steps').insert(changed).onConflict(['request_id', 'attempt', 'step_id']).merge();
    return true;
  }
}

function isSame(one: Row, other: Row): boolean {
  return (
    one.step_id === other.step_id &&
    one.position === other.position &&
    one.phase === other.phase &&
    one.started_at === other.started_at &&
    one.finished_at === other.finished_at &&
    one.message === other.message &&
    one.retries === other.retries
  );
}
