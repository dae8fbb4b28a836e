// Which texts the logs of a request are made of.
import { textsOf } from './logs';

describe('textsOf', () => {
  const steps = [{ id: 'guard' }, { id: 'namespace' }, { id: 'quotas' }];
  const logs = [
    { stepId: 'namespace', content: 'namespace/payments-checkout serverside-applied\n' },
    { stepId: 'quotas', content: 'Error from server (Forbidden)\n' },
    { stepId: 'rollback.namespace', content: 'namespace "payments-checkout" deleted\n' },
  ];

  it('gives the steps in the order of the plan, then the rollback', () => {
    expect([...textsOf(steps, logs)]).toEqual([
      ['guard', ''],
      ['namespace', 'namespace/payments-checkout serverside-applied\n'],
      ['quotas', 'Error from server (Forbidden)\n'],
      ['rollback.namespace', 'namespace "payments-checkout" deleted\n'],
    ]);
  });

  it('gives one of them alone, also one of the rollback, or one that has printed nothing yet', () => {
    expect([...textsOf(steps, logs, 'rollback.namespace')]).toEqual([['rollback.namespace', 'namespace "payments-checkout" deleted\n']]);
    expect([...textsOf(steps, logs, 'guard')]).toEqual([['guard', '']]);
  });

  it('says so when there is no such step', () => {
    expect(() => textsOf(steps, logs, 'castle')).toThrow('the request has no step `castle`, or it has not begun');
  });
});
