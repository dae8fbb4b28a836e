/** Who is told what about a request. */
import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { OutboxRow } from '../database/OutboxStore';
import type { Notification, NotificationTopic, StoredRequest } from '../requests/model';
import { aRequest } from '../testing/requests';
import { createNotifyHandler, formatMoney } from './index';

const production = aRequest({
  environment: 'production',
  status: 'pending-approval',
  expiresAt: '2026-12-07T11:00:00.000Z',
  approval: {
    required: true,
    requirements: [
      {
        id: 'environment',
        by: ['group:default/platform-admins', 'Platform-Admins'],
        count: 1,
        reason: 'a second person looks at everything that goes to production',
      },
    ],
  },
});

async function tell(notification: Partial<Notification> & { topic: NotificationTopic }, request?: StoredRequest) {
  const sent: NotificationSendOptions[] = [];
  const logger = mockServices.logger.mock();
  const handler = createNotifyHandler({
    notifications: { send: async options => void sent.push(options) },
    requests: { find: async () => request },
    logger,
    formatMoney: (minorUnits, currency) => formatMoney(minorUnits, currency, 2),
  });
  const payload = { actorRef: 'system', requestId: production.id, ...notification };
  await handler({ kind: 'notify', requestId: production.id, payload: JSON.stringify(payload) } as OutboxRow);
  return { sent, logger };
}

describe('notifications', () => {
  it('ask the approving groups, and not who asked or has approved already', async () => {
    const approvals = [
      { actorRef: 'user:default/grace', identity: 'user:default/grace', requirementId: 'environment', eligibleFor: [], at: '' },
    ];
    const { sent } = await tell({ topic: 'approval-needed' }, { ...production, approvals });
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['group:default/platform-admins'],
          excludeEntityRef: ['user:default/ada', 'user:default/grace'],
        },
        payload: {
          title: 'The namespace payments-checkout in production waits for your approval',
          description:
            'Ada asks for it for the team payments; it costs 100.00 USD a month. ' +
            'Why: a second person looks at everything that goes to production. ' +
            'Read the plan, then approve it, reject it or ask for changes.',
          severity: 'high',
          link: '/platform/requests/f0d6c3b2-1d2e-4f7a-9a53-6f4a0d7c9e11',
          topic: 'Approvals',
          scope: 'platform:f0d6c3b2-1d2e-4f7a-9a53-6f4a0d7c9e11:approval',
          metadata: { requestId: 'f0d6c3b2-1d2e-4f7a-9a53-6f4a0d7c9e11' },
        },
      },
    ]);
  });

  it('remind of the day on which a request lapses', async () => {
    const { sent } = await tell({ topic: 'approval-reminder' }, production);
    expect(sent[0].payload.description).toContain('The request lapses on 2026-12-07');
  });

  it('bring it to the approvers’ mind, with the word of who waits', async () => {
    const { sent } = await tell({ topic: 'approval-nudge', actorRef: 'user:default/ada', comment: 'the sale starts on Friday' }, production);
    expect(sent[0].recipients).toMatchObject({ entityRef: ['group:default/platform-admins'], excludeEntityRef: ['user:default/ada'] });
    expect(sent[0].payload).toMatchObject({ title: expect.stringContaining('still waits for your approval'), topic: 'Approvals' });
    expect(sent[0].payload.description).toContain('Ada asks you to look at it: The sale starts on Friday.');
  });

  it('ask nobody to approve what no longer waits', async () => {
    const { sent } = await tell({ topic: 'approval-needed' }, { ...production, status: 'cancelled' });
    expect(sent).toEqual([]);
  });

  it('say so in the log when no approver is somebody in the catalog', async () => {
    const [requirement] = production.approval.requirements;
    const approval = { required: true, requirements: [{ ...requirement, by: ['Platform-Admins'] }] };
    const { sent, logger } = await tell({ topic: 'approval-needed' }, { ...production, approval });
    expect(sent).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('name a group of the catalog'));
  });

  it('say nothing of a request that is no longer there', async () => {
    expect((await tell({ topic: 'completed' })).sent).toEqual([]);
  });

  it.each([
    ['approved', {}, 'is being made now'],
    ['completed', { status: 'completed' }, 'stands on the cluster main for the team payments'],
    ['expired', { status: 'cancelled', holdsName: false }, 'its name is free again'],
    [
      'failed',
      { status: 'failed', rollback: 'done', holdsName: false, error: { message: 'step `quotas` failed: exceeded quota' } },
      'Step quotas failed: exceeded quota. Nothing of it is left. Try it again, or make another request.',
    ],
    ['failed', { status: 'failed', rollback: 'failed' }, 'ask the platform team to look'],
    ['failed', { status: 'failed', rollback: 'running' }, 'is being deleted'],
  ] as const)('tell who asked: %s %j', async (topic, changes, text) => {
    const { sent } = await tell({ topic }, { ...production, ...changes } as StoredRequest);
    expect(sent).toHaveLength(1);
    expect(sent[0].recipients).toEqual({ type: 'entity', entityRef: 'user:default/ada' });
    expect(sent[0].payload.description).toContain(text);
    expect(sent[0].payload.topic).toBe('Requests');
  });

  it.each([
    ['rejected', 'Grace said: too large. Talk to them, or make another request.'],
    ['changes-asked', 'Grace asks: too large. Change your request'],
    ['cancelled', 'Grace cancelled the request: too large.'],
  ] as const)('tell what somebody said: %s', async (topic, text) => {
    const { sent } = await tell({ topic, actorRef: 'user:default/grace', comment: 'too large' }, production);
    expect(sent[0].payload.description).toContain(text);
  });

  it('tell nobody what they did themselves', async () => {
    const { sent } = await tell({ topic: 'cancelled', actorRef: 'user:default/ada' }, production);
    expect(sent).toEqual([]);
  });

  it('tell an external caller through the user of the catalog that it is', async () => {
    const requester = { ref: 'external:1234', kind: 'external', groups: [], roles: [] } as const;
    const external = (linkedRef?: string) =>
      tell({ topic: 'completed' }, { ...production, requester: { ...requester, groups: [], roles: [], linkedRef } });
    expect((await external('user:default/ada')).sent[0].recipients).toMatchObject({ entityRef: 'user:default/ada' });
    expect((await external()).sent).toEqual([]);
  });
});

describe('formatMoney', () => {
  it.each([
    [123450, 2, '1234.50 USD'],
    [5, 2, '0.05 USD'],
    [0, 2, '0.00 USD'],
    [-120, 2, '-1.20 USD'],
    [500, 0, '500 USD'],
    [9007199254740991, 3, '9007199254740.991 USD'],
  ])('writes %d with %d decimals', (minorUnits, decimals, text) => {
    expect(formatMoney(minorUnits, 'USD', decimals)).toBe(text);
  });
});
