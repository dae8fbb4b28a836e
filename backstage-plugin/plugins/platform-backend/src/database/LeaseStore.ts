/** Which process does what only one may do, such as watching an Argo instance. A lease ends by itself if it is not renewed. */
import type { Knex } from 'knex';

/** The table `leases`. */
export class LeaseStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Takes or renews a lease until `until`; false while another holder has it. */
  async acquire(name: string, holder: string, now: string, until: string): Promise<boolean> {
    const renewed = await this.#knex('leases')
      .where({ name })
      .where(mine => mine.where({ holder }).orWhere('expires_at', '<=', now))
      .update({ holder, expires_at: until });
    if (renewed > 0) {
      return true;
    }
    await this.#knex('leases').insert({ name, holder, expires_at: until }).onConflict('name').ignore();
    const row: { holder: string } | undefined = await this.#knex('leases').where({ name }).first('holder');
    return row?.holder === holder;
  }

  /** Gives a lease back, if it is ours. */
  async release(name: string, holder: string): Promise<void> {
    await this.#knex('leases').where({ name, holder }).delete();
  }
}
