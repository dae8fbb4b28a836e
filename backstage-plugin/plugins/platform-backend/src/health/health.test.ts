/** Health details, what is remembered of Argo, and the probes. */
import { mockServices } from '@backstage/backend-test-utils';
import { ArgoError } from '../argo';
import type { OutboxDepth } from '../database/OutboxStore';
import { ArgoHealth, type ArgoState, healthDetails, runProbes } from './index';

const AWAY = "Argo Server `main` can't be reached (nobody listens there): it is tried again";

function details(states: ArgoState[], depth: OutboxDepth[] | Error = []) {
  const outbox = {
    depth: async () => {
      if (depth instanceof Error) {
        throw depth;
      }
      return depth;
    },
  };
  return healthDetails({ argo: { states: () => states }, outbox });
}

describe('healthDetails', () => {
  it('is fine when all answer', async () => {
    const since = '2026-11-23T11:00:00.000Z';
    expect(await details([{ instance: 'main', up: true, since }])).toEqual({
      status: 'ok',
      parts: { database: { status: 'ok' }, outbox: { status: 'ok' }, 'argo/main': { status: 'ok' } },
    });
  });

  it('is degraded while Argo is away: since when, why, and what waits', async () => {
    const since = '2026-11-23T11:00:00.000Z';
    const depth: OutboxDepth[] = [{ kind: 'submit', count: 3, oldest: new Date().toISOString() }];
    const { status, parts } = await details([{ instance: 'main', up: false, since, reason: AWAY }], depth);
    expect(status).toBe('degraded');
    expect(parts['argo/main']).toEqual({ status: 'degraded', message: `away since ${since}, 3 requests wait: ${AWAY}` });
    expect(parts.outbox).toEqual({ status: 'ok' });
  });

  it('says what is stuck in the outbox', async () => {
    const { status, parts } = await details([], [{ kind: 'notify', count: 2, oldest: '2026-11-23T11:00:00.000Z' }]);
    expect(status).toBe('degraded');
    expect(parts.outbox.message).toBe('waiting: 2 of `notify` since 2026-11-23T11:00:00.000Z; see the log');
  });

  it('answers also without a database', async () => {
    const { status, parts } = await details([{ instance: 'main' }], new Error('the database is locked'));
    expect(status).toBe('degraded');
    expect(parts.database.status).toBe('degraded');
    expect(parts['argo/main']).toEqual({ status: 'ok', message: 'not asked yet' });
  });

  it('takes other parts in', async () => {
    const deps = { argo: { states: () => [] }, outbox: { depth: async () => [] } };
    const { status } = await healthDetails(deps, { documents: { status: 'degraded', message: 'the last good set' } });
    expect(status).toBe('degraded');
  });
});

describe('ArgoHealth', () => {
  it('remembers since when Argo is away, and warns once', () => {
    const logger = mockServices.logger.mock();
    const health = new ArgoHealth(['main'], logger);
    const changes: (boolean | undefined)[] = [];
    health.onChange(({ up }) => changes.push(up));
    health.down('main', 'nobody listens there');
    const [{ since }] = health.states();
    health.down('main', 'no answer in time');
    expect(health.states()).toEqual([{ instance: 'main', up: false, since, reason: 'no answer in time' }]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    health.up('main');
    health.up('main');
    expect(logger.info).toHaveBeenCalledWith(`Argo \`main\` answers again; it was away since ${since}`);
    expect(changes).toEqual([false, true]);
  });
});

describe('runProbes', () => {
  it('sees Argo go and come back', async () => {
    const health = new ArgoHealth(['main'], mockServices.logger.mock());
    const controller = new AbortController();
    const answers = [true, false, true];
    const engine = {
      instance: 'main',
      async list() {
        if (answers.shift() === false) {
          throw new ArgoError('main', 'unreachable', "can't be reached (nobody listens there)");
        }
        return { items: [], resourceVersion: '1' };
      },
    };
    const changes: (boolean | undefined)[] = [];
    health.onChange(({ up }) => {
      changes.push(up);
      if (changes.length === 3) {
        controller.abort();
      }
    });
    await runProbes([engine], health, controller.signal, 5);
    expect(changes).toEqual([true, false, true]);
  });
});
