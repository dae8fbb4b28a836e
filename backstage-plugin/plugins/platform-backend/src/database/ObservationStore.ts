/** What clusters were seen to hold, and when they were read. */
import type { Knex } from 'knex';
import type { InventoryState, Observation } from '../inventory/model';

interface ObservationRow {
  cluster: string;
  name: string;
  uid: string | null;
  request_id: string | null;
  team: string | null;
  environment: string | null;
  phase: Observation['phase'];
  held_by: string | null;
  usage: string;
  drift: string;
  drift_told: string | null;
  seen_at: string;
  missing_since: string | null;
}

interface InventoryRow {
  cluster: string;
  read_at: string | null;
  tried_at: string;
  every_seconds: number;
  error: string | null;
}

/** The tables `observations` and `inventories`. */
export class ObservationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes what was seen, over what was seen before. */
  async put(observation: Observation): Promise<void> {
    await this.#knex('observations').insert(toRow(observation)).onConflict(['cluster', 'name']).merge();
  }

  /** What was seen of a namespace. */
  async find(cluster: string, name: string): Promise<Observation | undefined> {
    const row: ObservationRow | undefined = await this.#knex('observations').where({ cluster, name }).first();
    return row && fromRow(row);
  }

  /** What was seen of several. */
  async findAll(places: readonly { cluster: string; name: string }[]): Promise<Observation[]> {
    const rows: ObservationRow[] = await this.#knex('observations').whereIn(
      ['cluster', 'name'],
      places.map(({ cluster, name }) => [cluster, name]),
    );
    return rows.map(fromRow);
  }

  /** What carries Berth's labels and stands by no request, by cluster and name. */
  async unmanaged(limit: number): Promise<Observation[]> {
    const rows: ObservationRow[] = await this.#knex('observations')
      .whereNot({ phase: 'Missing' })
      .whereNotExists(holders =>
        holders
          .from('requests')
          .whereRaw('requests.cluster = observations.cluster AND requests.name = observations.name AND requests.holds_name')
          .select('id'),
      )
      .orderBy(['cluster', 'name'])
      .limit(limit);
    return rows.map(fromRow);
  }

  /** How many differ from what was carried out last, by cluster. */
  async countDrifted(): Promise<{ cluster: string; count: number }[]> {
    const rows: { cluster: string; count: number | string }[] = await this.#knex('observations')
      .groupBy('cluster')
      .orderBy('cluster')
      .select('cluster')
      .sum({ count: this.#knex.raw("CASE WHEN drift = '[]' THEN 0 ELSE 1 END") });
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }

  /** Forgets what was not seen since: it is gone, and nobody waits for it. */
  async forget(cluster: string, before: string): Promise<void> {
    await this.#knex('observations').where({ cluster }).where('seen_at', '<', before).delete();
  }

  /** Writes down how reading a cluster went. */
  async read(cluster: string, triedAt: string, everySeconds: number, error?: string): Promise<void> {
    const row = { cluster, tried_at: triedAt, every_seconds: everySeconds, error: error ?? null, ...(error === undefined && { read_at: triedAt }) };
    await this.#knex('inventories').insert(row).onConflict('cluster').merge();
  }

  /** All clusters that were ever read. */
  async states(): Promise<InventoryState[]> {
    const rows: InventoryRow[] = await this.#knex('inventories').orderBy('cluster');
    return rows.map(row => ({
      cluster: row.cluster,
      triedAt: row.tried_at,
      everySeconds: row.every_seconds,
      ...(row.read_at !== null && { readAt: row.read_at }),
      ...(row.error !== null && { error: row.error }),
    }));
  }
}

function toRow(seen: Observation): ObservationRow {
  return {
    cluster: seen.cluster,
    name: seen.name,
    uid: seen.uid ?? null,
    request_id: seen.requestId ?? null,
    team: seen.team ?? null,
    environment: seen.environment ?? null,
    phase: seen.phase,
    held_by: seen.heldBy ?? null,
    usage: JSON.stringify(seen.usage),
    drift: JSON.stringify(seen.drift),
    drift_told: seen.driftTold ?? null,
    seen_at: seen.seenAt,
    missing_since: seen.missingSince ?? null,
  };
}

function fromRow(row: ObservationRow): Observation {
  return {
    cluster: row.cluster,
    name: row.name,
    phase: row.phase,
    usage: JSON.parse(row.usage),
    drift: JSON.parse(row.drift),
    seenAt: row.seen_at,
    ...(row.uid !== null && { uid: row.uid }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    ...(row.team !== null && { team: row.team }),
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.held_by !== null && { heldBy: row.held_by }),
    ...(row.drift_told !== null && { driftTold: row.drift_told }),
    ...(row.missing_since !== null && { missingSince: row.missing_since }),
  };
}
