/** What stands. Who changes a row holds it with `lock`; what a change means is the matter of `lifecycle/`. */
import type { Knex } from 'knex';
import type { StoredNamespace } from '../lifecycle/model';

interface NamespaceRow {
  request_id: string;
  blueprint: string;
  cluster: string;
  name: string;
  team: string;
  environment: string;
  state: StoredNamespace['state'];
  parameters: string;
  applied_by: string;
  plan_digest: string;
  /** PostgreSQL gives big integers as text. */
  monthly_cost: number | string;
  currency: string;
  stood_at: string;
  updated_at: string;
  expires_at: string | null;
  warned: string | null;
  delete_at: string | null;
  gone_at: string | null;
  gone_why: StoredNamespace['goneWhy'] | null;
}

/** How many stand. */
export interface NamespaceCount {
  state: StoredNamespace['state'];
  environment: string;
  count: number;
}

/** The table `namespaces`. */
export class NamespaceStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes a new row, or over the one of the same request. */
  async put(namespace: StoredNamespace): Promise<void> {
    await this.#knex('namespaces').insert(toRow(namespace)).onConflict('request_id').merge();
  }

  /** By the request that made it; nothing when that has made nothing yet. */
  async find(requestId: string): Promise<StoredNamespace | undefined> {
    const row: NamespaceRow | undefined = await this.#knex('namespaces').where({ request_id: requestId }).first();
    return row && fromRow(row);
  }

  /** As `find`; nobody else changes it until the transaction ends. */
  async lock(requestId: string): Promise<StoredNamespace | undefined> {
    const row: NamespaceRow | undefined = await this.#knex('namespaces').where({ request_id: requestId }).forUpdate().first();
    return row && fromRow(row);
  }

  /** Several, by the requests that made them. */
  async findAll(requestIds: readonly string[]): Promise<Map<string, StoredNamespace>> {
    const rows: NamespaceRow[] = await this.#knex('namespaces').whereIn('request_id', requestIds);
    return new Map(rows.map(row => [row.request_id, fromRow(row)]));
  }

  /** All that stand on a cluster, a page at a time, by the request's id. */
  async onCluster(cluster: string, after: string, limit: number): Promise<StoredNamespace[]> {
    const rows: NamespaceRow[] = await this.#knex('namespaces')
      .where({ cluster })
      .whereNot({ state: 'gone' })
      .where('request_id', '>', after)
      .orderBy('request_id')
      .limit(limit);
    return rows.map(fromRow);
  }

  /** Those of a team that stand, made by one blueprint. */
  async ofTeam(team: string, blueprint: string, limit: number): Promise<StoredNamespace[]> {
    const rows: NamespaceRow[] = await this.#knex('namespaces')
      .where({ team, blueprint })
      .whereNot({ state: 'gone' })
      // Requests have an index by team.
      .whereIn('request_id', this.#knex('requests').where({ team }).select('id'))
      .orderBy('request_id')
      .limit(limit);
    return rows.map(fromRow);
  }

  /** What stands and ends before `until`, the first to end first. */
  async ending(until: string, limit: number): Promise<StoredNamespace[]> {
    const rows: NamespaceRow[] = await this.#knex('namespaces')
      .where({ state: 'standing' })
      .where('expires_at', '<=', until)
      .orderBy(['expires_at', 'request_id'])
      .limit(limit);
    return rows.map(fromRow);
  }

  /** What is frozen and whose grace is over. */
  async toDelete(now: string, limit: number): Promise<StoredNamespace[]> {
    const rows: NamespaceRow[] = await this.#knex('namespaces')
      .where({ state: 'frozen' })
      .where('delete_at', '<=', now)
      .orderBy(['delete_at', 'request_id'])
      .limit(limit);
    return rows.map(fromRow);
  }

  /** Requests that were completed by an older release beside this one: what they made is not written down yet. */
  async missing(limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.#knex('requests')
      .where({ status: 'completed' })
      .whereRaw('holds_name')
      .whereNotExists(known => known.from('namespaces').whereRaw('namespaces.request_id = requests.id').select('request_id'))
      .limit(limit)
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** How many stand, by state and environment. */
  async count(): Promise<NamespaceCount[]> {
    const rows: (Omit<NamespaceCount, 'count'> & { count: number | string })[] = await this.#knex('namespaces')
      .whereNot({ state: 'gone' })
      .groupBy('state', 'environment')
      .orderBy(['state', 'environment'])
      .select('state', 'environment')
      .count({ count: '*' });
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }
}

function toRow(namespace: StoredNamespace): NamespaceRow {
  return {
    request_id: namespace.requestId,
    blueprint: namespace.blueprint,
    cluster: namespace.cluster,
    name: namespace.name,
    team: namespace.team,
    environment: namespace.environment,
    state: namespace.state,
    parameters: JSON.stringify(namespace.parameters),
    applied_by: namespace.appliedBy,
    plan_digest: namespace.wantedDigest,
    monthly_cost: namespace.monthlyCost,
    currency: namespace.currency,
    stood_at: namespace.stoodAt,
    updated_at: namespace.updatedAt,
    expires_at: namespace.expiresAt ?? null,
    warned: namespace.warned ?? null,
    delete_at: namespace.deleteAt ?? null,
    gone_at: namespace.goneAt ?? null,
    gone_why: namespace.goneWhy ?? null,
  };
}

function fromRow(row: NamespaceRow): StoredNamespace {
  return {
    requestId: row.request_id,
    blueprint: row.blueprint,
    cluster: row.cluster,
    name: row.name,
    team: row.team,
    environment: row.environment,
    state: row.state,
    parameters: JSON.parse(row.parameters),
    appliedBy: row.applied_by,
    wantedDigest: row.plan_digest,
    monthlyCost: Number(row.monthly_cost),
    currency: row.currency,
    stoodAt: row.stood_at,
    updatedAt: row.updated_at,
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.warned !== null && { warned: row.warned }),
    ...(row.delete_at !== null && { deleteAt: row.delete_at }),
    ...(row.gone_at !== null && { goneAt: row.gone_at }),
    ...(row.gone_why !== null && { goneWhy: row.gone_why }),
  };
}
