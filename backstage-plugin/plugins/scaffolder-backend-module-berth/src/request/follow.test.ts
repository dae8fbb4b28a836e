// How a request is watched: through outages, within the time, without hammering the backend.
import { mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError, ServiceUnavailableError } from '@backstage/errors';
import type { RequestProgress } from '@berth/plugin-platform-common';
import { jumpingClock } from '../__testUtils__/runStep';
import { follow } from './follow';

function progress(now: Partial<RequestProgress>): RequestProgress {
  return { requestId: 'r', workflowId: 'w', status: 'provisioning', rollback: 'none', attempt: 1, steps: [], updatedAt: '', ...now };
}

describe('follow', () => {
  const logger = mockServices.logger.mock();
  const warnings = () => logger.warn.mock.calls.map(([message]) => message);
  afterEach(() => jest.clearAllMocks());

  it('outlives a backend that is away for a while', async () => {
    const looks = [progress({}), new ServiceUnavailableError('restarting'), progress({ status: 'completed' })];
    const api = {
      async progress() {
        const look = looks.shift();
        if (look instanceof Error) throw look;
        return look!;
      },
    };
    const seen = await follow('r', { api, clock: jumpingClock(), logger, timeoutMs: 60_000 });
    expect(seen?.status).toBe('completed');
    expect(warnings()).toEqual(['restarting; the request goes on, looking again']);
  });

  it('knows nothing when no look worked, and looks at least once', async () => {
    const api = { progress: jest.fn().mockRejectedValue(new ServiceUnavailableError('away')) };
    expect(await follow('r', { api, clock: jumpingClock(), logger, timeoutMs: 0 })).toBeUndefined();
    expect(api.progress).toHaveBeenCalledTimes(1);
  });

  it('stops on what will not pass, such as a session that has ended', async () => {
    const api = { progress: jest.fn().mockRejectedValue(new AuthenticationError('token expired')) };
    await expect(follow('r', { api, clock: jumpingClock(), logger, timeoutMs: 60_000 })).rejects.toThrow('token expired');
  });

  it('looks often after a change and seldom when nothing happens, a few hundred times at most', async () => {
    const at: number[] = [];
    const clock = jumpingClock();
    const api = {
      async progress() {
        at.push(clock.now());
        return progress(clock.now() < 20_000 ? {} : { steps: [{ id: 'quotas', phase: 'Running', retries: 0 }] });
      },
    };
    await follow('r', { api, clock, logger, timeoutMs: 1_800_000 });
    expect(at.slice(0, 3)).toEqual([0, 500, 1_250]);
    const changed = at.findIndex(moment => moment >= 20_000);
    expect(at[changed]! - at[changed - 1]!).toBe(5_000);
    expect(at[changed + 1]! - at[changed]!).toBe(500);
    expect(at.at(-1)).toBe(1_800_000);
    expect(at.length).toBeLessThan(380);
  });
});
