/**
 * What each team holds: how many names, and what they cost a month.
 *
 * INVARIANT: the figures are the sums over the team's requests: those that hold a name, and what each counts. Only `RequestStore` changes them, in
 * the transaction that changes the requests. The row of a team is also its lock: who judges limits takes it first.
 */
import type { Knex } from 'knex';
import { rowsOf, storable, toChange } from './dialect';

/** What a team holds, with what it has under way. Money in minor units a month. */
export interface Usage {
  namespaces: number;
  monthlyCost: number;
}

interface TeamRow {
  namespaces: number;
  /** PostgreSQL gives big integers as text. */
  monthly_cost: number | string;
}

const OF_TEAM = 'SELECT namespaces, monthly_cost FROM teams WHERE team = ?';

/** The table `teams`. */
export class TeamStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What a team holds. */
  async usage(team: string): Promise<Usage> {
    const row: TeamRow | undefined = await this.#knex('teams')
      .where({ team: storable(team) })
      .first('namespaces', 'monthly_cost');
    return usageOf(row);
  }

  /** What each team holds that holds something. */
  async all(): Promise<(Usage & { team: string })[]> {
    const rows: (TeamRow & { team: string })[] = await this.#knex('teams').where('namespaces', '>', 0).orderBy('team').select('team', 'namespaces', 'monthly_cost');
    return rows.map(row => ({ team: row.team, ...usageOf(row) }));
  }

  /** What a team holds, and will hold until the transaction ends: others wait. */
  async lock(team: string): Promise<Usage> {
    const read = () => rowsOf<TeamRow>(this.#knex, toChange(this.#knex, OF_TEAM), [team]);
    const [found] = await read();
    if (found !== undefined) {
      return usageOf(found);
    }
    await this.#knex('teams').insert({ team, namespaces: 0, monthly_cost: 0 }).onConflict('team').ignore();
    const [made] = await read();
    return usageOf(made);
  }

  /** Adds to what a team holds, when it is awaited. */
  add(team: string, change: Usage): Knex.QueryBuilder {
    return this.#knex('teams')
      .insert({ team, namespaces: change.namespaces, monthly_cost: change.monthlyCost })
      .onConflict('team')
      .merge({
        namespaces: this.#knex.raw('teams.namespaces + ?', [change.namespaces]),
        monthly_cost: this.#knex.raw('teams.monthly_cost + ?', [change.monthlyCost]),
      });
  }
}

function usageOf(row: TeamRow | undefined): Usage {
  return { namespaces: row?.namespaces ?? 0, monthlyCost: Number(row?.monthly_cost ?? 0) };
}
