/** What open browsers are told. */
import { mockServices } from '@backstage/backend-test-utils';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { RequestSignals } from './RequestSignals';

describe('RequestSignals', () => {
  it('gathers the ids of what changed, and sends nothing else', async () => {
    const published = new Promise<SignalPayload>(done => {
      const signals = new RequestSignals({ publish: async signal => done(signal) }, mockServices.logger.mock());
      signals.changed(['one', 'two']);
      signals.changed(['two', 'three']);
    });
    expect(await published).toEqual({
      recipients: { type: 'broadcast' },
      channel: 'platform:requests',
      message: { requestIds: ['one', 'two', 'three'] },
    });
  });

  it('cuts many ids into several messages, and is silent when nothing changed', async () => {
    const sizes: number[] = [];
    const publish = async ({ message }: SignalPayload) => void sizes.push((message.requestIds as string[]).length);
    const signals = new RequestSignals({ publish: publish as never }, mockServices.logger.mock());
    await signals.flush();
    signals.changed(Array.from({ length: 450 }, (_, id) => `request-${id}`));
    await signals.flush();
    expect(sizes).toEqual([200, 200, 50]);
  });

  it('does not mind when nobody takes them', async () => {
    const logger = mockServices.logger.mock();
    const told = new Promise(done => logger.debug.mockImplementation(done));
    const signals = new RequestSignals({ publish: () => Promise.reject(new Error('no bus')) }, logger);
    signals.changed(['one']);
    expect(await told).toContain('no bus');
  });
});
