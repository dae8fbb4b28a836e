/** Which requests a list shall hold: conditions that are combined, as Backstage combines those of permissions. */
import type { Knex } from 'knex';
import { storable } from './dialect';

/** What can be asked of a request. `requester` is the person after linking; `approver`, a group or claim that it waits for; `state`, of what it made. */
export type FilterKey = 'team' | 'status' | 'environment' | 'requester' | 'cluster' | 'name' | 'blueprint' | 'kind' | 'id' | 'approver' | 'state';

/** A condition, or several. Without values, or with an empty `anyOf`, nothing fits. */
export type RequestFilter =
  | { key: FilterKey; values: string[] }
  | { key: 'name'; part: string }
  | { allOf: RequestFilter[] }
  | { anyOf: RequestFilter[] }
  | { not: RequestFilter };

const COLUMNS: Record<Exclude<FilterKey, 'approver' | 'state'>, string> = {
  team: 'team',
  status: 'status',
  environment: 'environment',
  requester: 'requester_identity',
  cluster: 'cluster',
  name: 'name',
  blueprint: 'blueprint',
  kind: 'kind',
  id: 'id',
};

/** The statuses of requests that have not ended. */
const OPEN = ['pending-approval', 'queued', 'provisioning'];
/** INVARIANT: word for word the condition of the index `requests_open`; SQLite takes the index for nothing else. */
const IS_OPEN = "status IN ('pending-approval', 'queued', 'provisioning')";

/** Requests that have not ended, however many have. */
export function whereOpen<Query extends Knex.QueryBuilder>(query: Query): Query {
  return query.whereRaw(IS_OPEN) as Query;
}

/** Narrows a query of the table `requests`. */
export function applyFilter(query: Knex.QueryBuilder, filter: RequestFilter): void {
  if ('allOf' in filter) {
    query.whereRaw('1 = 1');
    filter.allOf.forEach(part => query.andWhere(builder => applyFilter(builder, part)));
  } else if ('anyOf' in filter) {
    query.whereRaw('1 = 0');
    filter.anyOf.forEach(part => query.orWhere(builder => applyFilter(builder, part)));
  } else if ('not' in filter) {
    query.whereNot(builder => applyFilter(builder, filter.not));
  } else if ('part' in filter) {
    const part = storable(filter.part).toLowerCase().replace(/[\\%_]/g, '\\$&');
    query.whereRaw(`${COLUMNS[filter.key]} like ? escape '\\'`, [`%${part}%`]);
  } else if (filter.key === 'approver') {
    query.whereIn('id', builder => builder.from('approvers').whereIn('claim', filter.values.map(storable)).select('request_id'));
  } else if (filter.key === 'state') {
    // Looked up for each request in turn: nearly all fit, and a page is full after a few.
    query.whereExists(made => made.from('namespaces').whereRaw('namespaces.request_id = requests.id').whereIn('state', filter.values.map(storable)));
  } else {
    query.whereIn(COLUMNS[filter.key], filter.values.map(storable));
    if (filter.key === 'status' && filter.values.every(value => OPEN.includes(value))) {
      whereOpen(query);
    }
  }
}
