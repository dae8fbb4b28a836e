/** Which yes counts for which requirement. Pure. */
import type { Approval, ApprovalNeed, ApprovalRequirement } from './model';

/** Somebody's yes, before it is known what it counts for. */
export type Yes = Omit<Approval, 'requirementId'>;

/** What was found. */
export interface Assignment {
  approvals: Approval[];
  /** Requirements that need more people. */
  open: ApprovalRequirement[];
}

/**
 * Lets each yes count for one requirement, so that as many as can be are met: somebody who fits two requirements does not
 * stand in the way of somebody who fits only one. A yes that counts for nothing is left out.
 */
export function assignApprovals(need: ApprovalNeed, given: readonly Yes[]): Assignment {
  const seats = need.requirements.flatMap(requirement => Array.from({ length: requirement.count }, () => requirement.id));
  /** Who sits where, by seat. */
  const taken = new Map<number, Yes>();
  const seat = (yes: Yes, tried: Set<number>): boolean =>
    seats.some((id, index) => {
      if (tried.has(index) || !yes.eligibleFor.includes(id)) {
        return false;
      }
      tried.add(index);
      const sitting = taken.get(index);
      // Whoever sits there moves on if they can.
      if (sitting !== undefined && !seat(sitting, tried)) {
        return false;
      }
      taken.set(index, yes);
      return true;
    });
  given.forEach(yes => seat(yes, new Set()));
  const approvals = given.flatMap(yes => {
    const at = [...taken].find(([, sitting]) => sitting === yes);
    return at === undefined ? [] : [{ ...yes, requirementId: seats[at[0]] }];
  });
  const met = (id: string) => approvals.filter(approval => approval.requirementId === id).length;
  return { approvals, open: need.requirements.filter(requirement => met(requirement.id) < requirement.count) };
}
