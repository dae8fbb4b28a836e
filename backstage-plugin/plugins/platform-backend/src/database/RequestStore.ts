/**
 * Requests, kept with compare-and-set: a change is written only over the version that it was made from.
 *
 * What a change means is `requests/stateMachine.ts`'s matter; that a change of what is held is also written to the team is
 * this file's.
 */
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RequestStatus, StoredRequest } from '../requests/model';
import type { TeamStore } from './TeamStore';
import { type Page, cursorAfter, readCursor } from './cursor';
import { rowsOf, toChange } from './dialect';
import { type RequestFilter, applyFilter, whereOpen } from './filter';
import { storable } from './dialect';
import { type RequestRow, fromRow, toRow } from './requestRow';

/** How many requests stand where. */
export interface RequestCount {
  status: RequestStatus;
  environment: string;
  count: number;
}

/** A workflow that a request waits for. */
export interface AwaitedWorkflow {
  id: string;
  attempt: number;
  workflowName: string;
  /** When Argo took it. */
  submittedAt?: string;
}

const BY_ID = 'SELECT * FROM requests WHERE id = ?';
const HOLDER = 'SELECT id FROM requests WHERE cluster = ? AND name = ? AND holds_name AND id <> ? LIMIT 1';

/** The table `requests`, and with it `approvers`. */
export class RequestStore {
  readonly #knex: Knex;
  readonly #teams: TeamStore;

  constructor(knex: Knex, teams: TeamStore) {
    this.#knex = knex;
    this.#teams = teams;
  }

  /** What writes a new request. A name that another one holds is a violation of a unique index. */
  insert(request: StoredRequest): Knex.QueryBuilder[] {
    return [
      ...this.#hold(undefined, request),
      this.#knex('requests').insert(toRow(request)),
      ...this.#nameApprovers(request),
    ];
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<StoredRequest> {
    return found(id, await this.find(id));
  }

  /** As `get`, without the error. */
  async find(id: string): Promise<StoredRequest | undefined> {
    const [row] = await rowsOf<RequestRow>(this.#knex, BY_ID, [id]);
    return row && fromRow(row);
  }

  /** As `get`; nobody else changes it until the transaction ends. @throws NotFoundError */
  async lock(id: string): Promise<StoredRequest> {
    return found(id, await this.findToChange(id));
  }

  /** As `lock`, without the error. */
  async findToChange(id: string): Promise<StoredRequest | undefined> {
    const [row] = await rowsOf<RequestRow>(this.#knex, toChange(this.#knex, BY_ID), [id]);
    return row && fromRow(row);
  }

  /**
   * Writes `after` over `before`.
   *
   * @throws ConflictError when somebody else has written meanwhile
   */
  async update(before: StoredRequest, after: StoredRequest): Promise<void> {
    // First the team, then the request: all take the locks in this order.
    await Promise.all(this.#hold(before, after));
    const count = await this.#knex('requests')
      .where({ id: before.id, version: before.version })
      .update(changedColumns(before, after));
    if (count === 0) {
      throw new ConflictError(`the request \`${before.id}\` was changed by somebody else meanwhile; read it again`);
    }
    if (JSON.stringify(before.approval) !== JSON.stringify(after.approval)) {
      await this.#knex('approvers').where({ request_id: after.id }).delete();
      await Promise.all(this.#nameApprovers(after));
    }
  }

  /** The request that is under way about what another one made. */
  async openAbout(originId: string): Promise<StoredRequest | undefined> {
    const row: RequestRow | undefined = await this.#knex('requests').where({ origin_id: originId }).whereRaw('blocks').first();
    return row && fromRow(row);
  }

  /** The same for several, by the request that made it. */
  async allOpenAbout(originIds: readonly string[]): Promise<Map<string, StoredRequest>> {
    const rows: RequestRow[] = await this.#knex('requests').whereIn('origin_id', originIds).whereRaw('blocks');
    return new Map(rows.map(fromRow).map(request => [request.originId ?? '', request]));
  }

  /** The latest request about what another one made. */
  async lastAbout(originId: string): Promise<StoredRequest | undefined> {
    const row: RequestRow | undefined = await this.#knex('requests')
      .where({ origin_id: originId })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .first();
    return row && fromRow(row);
  }

  /** Requests on a cluster that have ended and of which something may be left, so that they hold their name. */
  async leftovers(cluster: string, limit: number): Promise<Pick<StoredRequest, 'id' | 'cluster' | 'name'>[]> {
    return this.#knex('requests')
      .where({ cluster, rollback: 'failed' })
      .whereIn('status', ['failed', 'cancelled'])
      .whereRaw('holds_name')
      .orderBy('id')
      .limit(limit)
      .select('id', 'cluster', 'name');
  }

  /** Does a request, other than `except`, hold this name? */
  async nameTaken(cluster: string, name: string, except?: string): Promise<boolean> {
    return (await rowsOf(this.#knex, HOLDER, [cluster, name, except ?? ''])).length > 0;
  }

  /**
   * Requests, the newest first.
   *
   * @param cursor - of the page before
   * @throws InputError for a cursor that is none
   */
  async list(filter: RequestFilter | undefined, cursor: string | undefined, limit: number): Promise<Page<StoredRequest>> {
    const query = this.#knex('requests')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit + 1);
    if (filter !== undefined) {
      query.where(builder => applyFilter(builder, filter));
    }
    if (cursor !== undefined) {
      query.whereRaw('(created_at, id) < (?, ?)', readCursor(cursor));
    }
    const rows: RequestRow[] = await query;
    const items = rows.slice(0, limit).map(fromRow);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, nextCursor: cursorAfter(last.createdAt, last.id) } : { items };
  }

  /** Requests that wait for an approval longer than until `now`. */
  async expired(now: string, limit: number): Promise<string[]> {
    return this.#waiting(limit, query => query.where('expires_at', '<=', now));
  }

  /** Requests whose approvers were not reminded, and whose approval lapses before `until`. */
  async toRemind(until: string, limit: number): Promise<string[]> {
    return this.#waiting(limit, query => query.where('expires_at', '<=', until).whereNull('reminded_at'));
  }

  /** The workflows on an Argo instance that run or roll back, as far as is known here. */
  async awaited(argoInstance: string): Promise<AwaitedWorkflow[]> {
    const rows: Pick<RequestRow, 'id' | 'attempt' | 'workflow_name' | 'submitted_at'>[] = await this.#knex('requests')
      .where({ argo_instance: argoInstance })
      .where(open => open.where(run => whereOpen(run).where({ status: 'provisioning' })).orWhereRaw("rollback = 'running'"))
      .whereNotNull('workflow_name')
      .orderBy(['created_at', 'id'])
      .select('id', 'attempt', 'workflow_name', 'submitted_at');
    return rows.map(row => ({
      id: row.id,
      attempt: row.attempt,
      workflowName: row.workflow_name ?? '',
      ...(row.submitted_at !== null && { submittedAt: row.submitted_at }),
    }));
  }

  /** How many requests of a team have not ended. */
  async countOpenOf(team: string): Promise<number> {
    const [row] = await whereOpen(this.#knex('requests'))
      .where({ team: storable(team) })
      .count({ count: '*' });
    return Number(row.count);
  }

  /** How many requests have not ended, by status and environment. */
  async countOpen(): Promise<RequestCount[]> {
    const rows: { status: RequestStatus; environment: string; count: number | string }[] = await whereOpen(this.#knex('requests'))
      .groupBy('status', 'environment')
      .orderBy(['status', 'environment'])
      .select('status', 'environment')
      .count({ count: '*' });
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }

  /** How many requests there are of each status. */
  async countAll(): Promise<{ status: RequestStatus; count: number }[]> {
    const rows: { status: RequestStatus; count: number | string }[] = await this.#knex('requests')
      .groupBy('status')
      .orderBy('status')
      .select('status')
      .count({ count: '*' });
    return rows.map(({ status, count }) => ({ status, count: Number(count) }));
  }

  /** Seconds from asking to ready, of the newest that were created since then. */
  async leadTimes(since: string, limit: number): Promise<number[]> {
    const rows: { created_at: string; finished_at: string }[] = await this.#knex('requests')
      .where({ kind: 'create', status: 'completed' })
      .where('created_at', '>=', since)
      .whereNotNull('finished_at')
      .orderBy('created_at', 'desc')
      .limit(limit)
      .select('created_at', 'finished_at');
    return rows.map(row => Math.max(0, Math.round((Date.parse(row.finished_at) - Date.parse(row.created_at)) / 1000)));
  }

  async #waiting(limit: number, narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<string[]> {
    const query = whereOpen(this.#knex('requests')).where({ status: 'pending-approval' });
    const rows: { id: string }[] = await narrow(query).orderBy('expires_at').limit(limit).select('id');
    return rows.map(row => row.id);
  }

  /** Writes what the team holds more or less after this change. */
  #hold(before: StoredRequest | undefined, after: StoredRequest): Knex.QueryBuilder[] {
    const namespaces = Number(after.holdsName) - Number(before?.holdsName ?? false);
    const monthlyCost = after.heldCost - (before?.heldCost ?? 0);
    const isChanged = namespaces !== 0 || monthlyCost !== 0;
    return isChanged ? [this.#teams.add(after.team, { namespaces, monthlyCost })] : [];
  }

  #nameApprovers(request: StoredRequest): Knex.QueryBuilder[] {
    const claims = [...new Set(request.approval.requirements.flatMap(requirement => requirement.by))];
    const rows = claims.map(claim => ({ claim, request_id: request.id }));
    return rows.length > 0 ? [this.#knex('approvers').insert(rows)] : [];
  }
}

function found(id: string, request: StoredRequest | undefined): StoredRequest {
  if (request === undefined) {
    throw new NotFoundError(`there is no request \`${id}\``);
  }
  return request;
}

/** Only what differs: most changes touch a few columns of many. */
function changedColumns(before: StoredRequest, after: StoredRequest): Partial<RequestRow> {
  const old: Record<string, unknown> = { ...toRow(before) };
  return Object.fromEntries(Object.entries(toRow(after)).filter(([column, value]) => old[column] !== value));
}
