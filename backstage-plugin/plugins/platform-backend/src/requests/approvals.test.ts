// Which yes counts for which requirement.
import type { ApprovalNeed } from './model';
import { type Yes, assignApprovals } from './approvals';

const need: ApprovalNeed = {
  required: true,
  requirements: [
    { id: 'environment.production', by: ['group:default/platform-admins'], count: 1, reason: 'four eyes' },
    { id: 'gpu', by: ['group:default/finance'], count: 1, reason: 'it is dear' },
  ],
};

function yes(identity: string, ...eligibleFor: string[]): Yes {
  return { actorRef: identity, identity, eligibleFor, at: '2026-11-23T12:00:00.000Z' };
}

describe('which yes counts for what', () => {
  it('lets nobody count twice', () => {
    const { approvals, open } = assignApprovals(need, [yes('grace', 'environment.production', 'gpu')]);
    expect(approvals.map(approval => approval.requirementId)).toEqual(['environment.production']);
    expect(open.map(requirement => requirement.id)).toEqual(['gpu']);
  });

  it('moves who fits two requirements for who fits only one', () => {
    const grace = yes('grace', 'environment.production', 'gpu');
    const { approvals, open } = assignApprovals(need, [grace, yes('edsger', 'environment.production')]);
    expect(approvals.map(approval => [approval.identity, approval.requirementId])).toEqual([
      ['grace', 'gpu'],
      ['edsger', 'environment.production'],
    ]);
    expect(open).toEqual([]);
  });

  it('asks for as many people as the requirement says, and leaves out who is one too many', () => {
    const two = { ...need, requirements: [{ ...need.requirements[0], count: 2 }] };
    const given = ['grace', 'edsger', 'barbara'].map(name => yes(name, 'environment.production'));
    expect(assignApprovals(two, given.slice(0, 1)).open).toHaveLength(1);
    expect(assignApprovals(two, given).approvals.map(approval => approval.identity)).toEqual(['grace', 'edsger']);
  });

  it('drops what counted for a requirement that is gone', () => {
    expect(assignApprovals(need, [yes('grace', 'environment.staging')]).approvals).toEqual([]);
  });
});
