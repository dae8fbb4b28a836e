// What heals a problem with one click: the core's own words, tried out on the core.
import * as core from '@berth/core/bare';
import { embeddedDocuments } from '../__testUtils__/fakePlatform';
import { type Parameters, Policy } from '../policy';
import { fieldsOf } from './fields';
import { problemsByField } from './problems';

const policy = new Policy(core, embeddedDocuments().documents, { ref: 'user:default/ada', groups: ['group:default/payments'] });
const blueprint = policy.blueprint('namespace')!;
const titles = new Map(fieldsOf(blueprint).map(({ name, title }) => [name, title]));

function problemsOf(parameters: Parameters) {
  const subject = { policy, blueprint: 'namespace', parameters, known: {} };
  return problemsByField(subject, policy.decide('namespace', parameters), [], titles);
}

const PAYMENTS = { namespaceName: 'payments-checkout', team: 'payments', environment: 'production' };

describe('problems of a request', () => {
  it('offers the name that the hint names', () => {
    const [problem] = problemsOf({ ...PAYMENTS, namespaceName: 'Payments_Checkout' }).get('namespaceName')!;
    expect(problem!.remedies).toEqual([{ title: 'Use payments-checkout', parameters: PAYMENTS }]);
  });

  it('offers the options by their titles, and only those that heal', () => {
    const [problem] = problemsOf({ ...PAYMENTS, resourceTier: 'micro' }).get('resourceTier')!;
    expect(problem!.remedies.map(({ title }) => title)).toEqual(['Use Small', 'Use Medium', 'Use Large']);
  });

  it('offers to leave a feature out, where that heals', () => {
    const parameters = { ...PAYMENTS, environment: 'staging', resourceTier: 'micro', features: ['istio-injection', 'backup-enabled'] };
    const { remedies } = problemsOf(parameters).get('resourceTier')![0]!;
    expect(remedies).toContainEqual({ title: 'Leave out Service mesh', parameters: { ...parameters, features: ['backup-enabled'] } });
  });

  it('finds the field of an entry in a list', () => {
    const problems = problemsOf({ ...PAYMENTS, features: ['backup-enabled', 'gpu'] });
    expect(problems.get('features')![0]!.remedies).toEqual([
      { title: 'Use GPU', parameters: { ...PAYMENTS, features: ['backup-enabled', 'gpu-access'] } },
    ]);
  });

  it('offers nothing for what is missing: only the person knows it', () => {
    const missing = problemsOf({});
    expect([...missing.keys()]).toEqual(['namespaceName', 'team', 'environment']);
    expect([...missing.values()].flat().flatMap(({ remedies }) => remedies)).toEqual([]);
    expect(missing.get('environment')).toEqual([expect.objectContaining({ message: 'Environment is missing', hint: undefined })]);
  });

  it('keeps what belongs to no field of the form', () => {
    expect(problemsOf({ ...PAYMENTS, colour: 'red' }).get('')).toEqual([expect.objectContaining({ code: 'unknown-field' })]);
  });
});
