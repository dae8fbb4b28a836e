// Transactions that share a commit. On every database.
import { setImmediate } from 'node:timers/promises';
import { onEveryDatabase } from '../testing/databases';
import { aRequest } from '../testing/requests';
import { Stores } from './Stores';
import { GroupCommit } from './GroupCommit';

onEveryDatabase(databases => {
  it('commits together what came together, and undoes alone what fails', async () => {
    const knex = await databases.create();
    const stores = await Stores.open(knex);
    let commits = 0;
    knex.on('query', ({ sql }: { sql: string }) => {
      commits += Number(/^COMMIT/i.test(sql));
    });
    const names = Array.from({ length: 20 }, (_, index) => `payments-${index}`);
    const answers = await Promise.allSettled(
      names.map((name, index) =>
        stores.transaction(async tx => {
          await tx.write(tx.requests.insert(aRequest({ id: name, name })));
          if (index % 5 === 4) {
            throw new Error(`no ${name}`);
          }
          return name;
        }, 'payments'),
      ),
    );
    expect(answers.filter(answer => answer.status === 'rejected').map(({ reason }) => reason.message)).toEqual([
      'no payments-4',
      'no payments-9',
      'no payments-14',
      'no payments-19',
    ]);
    expect(await stores.teams.usage('payments')).toEqual({ namespaces: 16, monthlyCost: 160_000 });
    expect(commits).toBeLessThan(5);
  });

  it('does nothing again that may be on the disk: when it is the commit that fails', async () => {
    const knex = await databases.create();
    const queue = new GroupCommit(knex);
    const runs: string[] = [];
    const work = (name: string) =>
      queue.transaction(async trx => {
        runs.push(name);
        // From now on the transaction's own connection refuses to commit.
        jest.spyOn(trx, 'commit').mockRejectedValue(new Error('no answer to the commit'));
      });
    const answers = await Promise.allSettled([work('one'), work('two')]);
    expect(answers.map(answer => answer.status)).toEqual(['rejected', 'rejected']);
    expect(runs).toEqual(['one', 'two']);
  });

  it('tells nobody of success when the commit fails', async () => {
    const knex = await databases.create();
    let isIdle = false;
    const queue = new GroupCommit(knex, () => {
      isIdle = true;
    });
    const broken = queue.transaction(async trx => {
      // The connection is lost; SQLite has none to lose.
      await trx.raw(databases.kind === 'SQLite' ? 'ROLLBACK' : 'SELECT pg_terminate_backend(pg_backend_pid())');
    });
    const beside = queue.transaction(async () => 'fine');
    const answers = await Promise.allSettled([broken, beside]);
    expect(answers.map(answer => answer.status)).toEqual(['rejected', 'rejected']);
    await setImmediate();
    expect(isIdle).toBe(true);
    await expect(queue.transaction(async () => 'again')).resolves.toBe('again');
  });
});
