/** Which versions of a Workflow are handled, and how many at once. */
import { type Workflow, workflowSchema } from '../argo/workflow';
import { type Handled, ObservationQueue } from './ObservationQueue';

const version = (resourceVersion: string, phase?: string, uid = 'checkout'): Workflow =>
  workflowSchema.parse({ metadata: { name: uid, uid, resourceVersion }, status: { phase } });

/** Handles what it is given when the test says so. */
function queueByHand(atOnce = 8) {
  const begun: string[] = [];
  const ends: ((handled: Handled | Error) => void)[] = [];
  const queue = new ObservationQueue(({ metadata }) => {
    begun.push(`${metadata.uid} ${metadata.resourceVersion}`);
    return new Promise((done, fail) => {
      ends.push(handled => (handled instanceof Error ? fail(handled) : done(handled)));
    });
  }, atOnce);
  const end = async (handled: Handled | Error = 'more-to-come') => {
    ends.shift()?.(handled);
    await new Promise(setImmediate);
  };
  return { queue, begun, end };
}

describe('ObservationQueue', () => {
  it('handles one version of a Workflow at a time, and then only the newest', async () => {
    const { queue, begun, end } = queueByHand();
    ['7', '8', '10', '9'].forEach(each => queue.add(version(each, 'Running')));
    expect(begun).toEqual(['checkout 7']);
    await end();
    expect(begun).toEqual(['checkout 7', 'checkout 10']);
    await end();
    await queue.idle();
  });

  it('handles no version twice, unless the Workflow has no phase', async () => {
    const { queue, begun, end } = queueByHand();
    queue.add(version('7'));
    await end();
    queue.add(version('7'));
    await end();
    queue.add(version('8', 'Running'));
    await end();
    queue.add(version('8', 'Running'));
    queue.add(version('7', 'Pending'));
    expect(begun).toEqual(['checkout 7', 'checkout 7', 'checkout 8']);
  });

  it('handles a version again that failed', async () => {
    const { queue, begun, end } = queueByHand();
    queue.add(version('7', 'Running'));
    await end(new Error('the database is busy'));
    queue.add(version('7', 'Running'));
    expect(begun).toEqual(['checkout 7', 'checkout 7']);
  });

  it('has enough of a Workflow that is over', async () => {
    const { queue, begun, end } = queueByHand();
    queue.add(version('7', 'Succeeded'));
    queue.add(version('8', 'Succeeded'));
    await end('over');
    queue.add(version('9', 'Succeeded'));
    expect(begun).toEqual(['checkout 7']);
  });

  it('handles several Workflows at once, and not too many', async () => {
    const { queue, begun, end } = queueByHand(2);
    ['one', 'two', 'three'].forEach(uid => queue.add(version('7', 'Running', uid)));
    expect(begun).toEqual(['one 7', 'two 7']);
    await end();
    expect(begun).toEqual(['one 7', 'two 7', 'three 7']);
  });

  it('lets what runs wait for more, and an end go at once', async () => {
    const begun: string[] = [];
    const queue = new ObservationQueue(async ({ metadata }) => {
      begun.push(`${metadata.uid} ${metadata.resourceVersion}`);
      return 'more-to-come';
    }, 8, 20);
    queue.add(version('7', 'Running'));
    queue.add(version('8', 'Running'));
    queue.add(version('1', 'Running', 'ledger'));
    queue.add(version('2', 'Succeeded', 'ledger'));
    expect(begun).toEqual(['ledger 2']);
    await queue.idle();
    expect(begun).toEqual(['ledger 2', 'checkout 8']);
  });

  it('waits for room, and takes the newest version then', async () => {
    const begun: string[] = [];
    let makeRoom = () => {};
    const room = () => new Promise<void>(done => (makeRoom = done));
    const queue = new ObservationQueue(async ({ metadata }) => {
      begun.push(`${metadata.uid} ${metadata.resourceVersion}`);
      return 'more-to-come';
    }, 8, 0, room);
    queue.add(version('7', 'Running'));
    queue.add(version('8', 'Running'));
    expect(begun).toEqual([]);
    makeRoom();
    await queue.idle();
    expect(begun).toEqual(['checkout 8']);
  });

  it('handles nothing that was forgotten while it waited for room', async () => {
    const handle = jest.fn(async (): Promise<Handled> => 'more-to-come');
    let makeRoom = () => {};
    const queue = new ObservationQueue(handle, 8, 0, () => new Promise<void>(done => (makeRoom = done)));
    queue.add(version('7', 'Running'));
    queue.clear();
    makeRoom();
    await queue.idle();
    expect(handle).not.toHaveBeenCalled();
  });
});
