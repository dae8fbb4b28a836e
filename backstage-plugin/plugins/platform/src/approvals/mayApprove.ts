// Whether a page offers somebody to approve. The backend decides it again, whatever a page says.
import type { RequestDetail } from '@berth/plugin-platform-common';
import { isRequester, type Me } from '../requests/useMe';

export type MayApprove = { may: true } | { may: false; reason: string };

/** @param platform - the platform document as this person may see it: its roles are those that they have */
export function mayApprove(request: RequestDetail, me: Me, platform?: Readonly<Record<string, unknown>>): MayApprove {
  const { approval, approvals } = request;
  if (isRequester(request, me)) {
    return { may: false, reason: 'You asked for this, so somebody else has to look at it.' };
  }
  if (approvals.some(given => given.actor === me.userEntityRef)) {
    return { may: false, reason: 'You have approved it. Another person’s yes is still missing.' };
  }
  const roles = (platform?.spec as { roles?: Record<string, { approve?: boolean }> } | undefined)?.roles ?? {};
  const mine = new Set(me.ownershipEntityRefs);
  const isNamed = approval.requirements.some(({ by }) => by.some(claim => mine.has(claim)));
  const hasRole = Object.entries(roles).some(([claim, role]) => role.approve && mine.has(claim));
  return isNamed || hasRole ? { may: true } : { may: false, reason: 'You can read the plan; the answer is theirs.' };
}
