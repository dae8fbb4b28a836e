// Approvals, rejections, changes, and what nobody looks at. On every database.
import type { Actor } from '../actor/Actor';
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, parameters } from '../testing/service';

const production = { environment: 'production' };
const edsger: Actor = { ...grace, ref: 'user:default/edsger', linkedRef: 'user:default/edsger', email: 'e@company.com' };

onEveryDatabase(databases => {
  it('waits for somebody of the approving group, who reads the plan and says yes', async () => {
    const { service, ask, drain, engine, notifications } = await createService(databases);
    const asked = await ask(production);
    expect(asked).toMatchObject({
      status: 'pending-approval',
      workflowName: null,
      holdsName: true,
      expiresAt: '2026-12-07T12:00:00.000Z',
    });
    await drain();
    expect(engine.workflows.size).toBe(0);
    const { planDigest } = await service.planOf(asked.id);
    const approved = await service.approve(grace, asked.id, { planDigest, comment: 'fine' });
    expect(approved).toMatchObject({
      status: 'queued',
      approvals: [{ identity: grace.ref, requirementId: 'environment.production', comment: 'fine' }],
    });
    await drain();
    expect([...engine.workflows.keys()]).toEqual([approved.workflowName]);
    expect(notifications.map(({ topic, actorRef }) => [topic, actorRef])).toEqual([
      ['approval-needed', ada.ref],
      ['approved', grace.ref],
    ]);
    await expect(service.approve(edsger, asked.id, { planDigest })).rejects.toThrow('no longer waits for an approval');
  });

  it('is not for who asked, by whatever way they come, nor for strangers and services', async () => {
    const { service, ask } = await createService(databases);
    const { id, planDigest } = await ask(production, { ...grace, groups: [...grace.groups] });
    const approve = (actor: Actor) => service.approve(actor, id, { planDigest });
    const token: Actor = { ref: 'external:grace', kind: 'external', groups: [], roles: ['platform:admin'] };
    await expect(approve(grace)).rejects.toThrow("whoever asked for something can't approve it");
    await expect(approve({ ...token, linkedRef: grace.ref })).rejects.toThrow("whoever asked for something can't approve it");
    await expect(approve({ ...edsger, email: 'Grace@Company.com' })).rejects.toThrow('whoever asked');
    await expect(approve(token)).rejects.toThrow('it is not known which user `external:grace` is');
    await expect(approve({ ...token, ref: 'plugin:scaffolder', kind: 'service' })).rejects.toThrow('it is not known');
    await expect(approve(ada)).rejects.toThrow('somebody of `group:default/platform-admins` can');
    expect(await approve({ ...token, linkedRef: edsger.ref })).toMatchObject({ status: 'queued' });
  });

  it('takes as many people as the documents say, each once', async () => {
    const { service, ask } = await createService(databases, platform => {
      platform.spec.environments.production.approval.count = 2;
    });
    const { id, planDigest } = await ask(production);
    expect(await service.approve(grace, id, { planDigest })).toMatchObject({ status: 'pending-approval' });
    await expect(service.approve(grace, id, { planDigest })).rejects.toThrow('has approved this request before');
    expect(await service.approve(edsger, id, { planDigest })).toMatchObject({ status: 'queued' });
    expect((await service.events(id)).map(event => event.action)).toEqual(['submitted', 'approval-given', 'approved']);
  });

  it('counts only for the plan that was read: a changed one needs another look', async () => {
    const { service, ask, changeDocuments, drain, notifications } = await createService(databases);
    const { id, planDigest } = await ask(production);
    await expect(service.approve(grace, id, { planDigest: 'sha256:other' })).rejects.toThrow('read it again');
    expect(await service.get(id)).toMatchObject({ version: 1 });
    changeDocuments(platform => {
      platform.spec.teams.payments.rbacGroups = ['payments-only'];
    });
    await expect(service.approve(grace, id, { planDigest })).rejects.toMatchObject({ name: 'ConflictError' });
    const changed = await service.get(id);
    expect(changed).toMatchObject({ status: 'pending-approval', approvals: [] });
    expect(changed.planDigest).not.toBe(planDigest);
    await drain();
    expect(notifications.map(({ topic }) => topic)).toEqual(['approval-needed', 'approval-needed']);
    expect(await service.approve(grace, id, changed)).toMatchObject({ status: 'queued' });
  });

  it('accepts a yes to the changed plan at once from who has read it, and forgets those to the old one', async () => {
    const { service, ask, changeDocuments } = await createService(databases, platform => {
      platform.spec.environments.production.approval.count = 2;
    });
    const { id, planDigest } = await ask(production);
    await service.approve(grace, id, { planDigest });
    changeDocuments(platform => {
      platform.spec.environments.production.approval.count = 2;
      platform.spec.teams.payments.rbacGroups = ['payments-only'];
    });
    const today = await service.planOf(id);
    const given = await service.approve(edsger, id, today);
    expect(given).toMatchObject({ status: 'pending-approval', planDigest: today.planDigest });
    expect(given.approvals.map(approval => approval.identity)).toEqual([edsger.ref]);
  });

  it('decides with the documents and the usage of today', async () => {
    const { service, ask, changeDocuments } = await createService(databases);
    const { id, planDigest } = await ask(production);
    await ask({ namespaceName: 'payments-ledger' });
    changeDocuments(platform => {
      platform.spec.teams.payments.limits.namespaces = 1;
    });
    await expect(service.approve(grace, id, { planDigest })).rejects.toThrow(
      'is no longer allowed: the team `payments` has 1 of 1 namespaces',
    );
    expect(await service.get(id)).toMatchObject({ status: 'pending-approval', version: 1 });
  });

  it('needs one more yes when the documents no longer ask for any, of those who were asked', async () => {
    const { service, ask, changeDocuments } = await createService(databases, platform => {
      platform.spec.environments.production.approval.count = 2;
    });
    const { id, planDigest } = await ask(production);
    changeDocuments(platform => {
      delete platform.spec.environments.production.approval;
    });
    await expect(service.approve(ada, id, { planDigest })).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(await service.approve(grace, id, { planDigest })).toMatchObject({ status: 'queued' });
  });

  it('ends with a no, which frees the name and the slot', async () => {
    const { service, ask, notifications, drain } = await createService(databases);
    const { id } = await ask(production);
    await expect(service.reject(ada, id, 'no need')).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(service.reject(grace, id, '  ')).rejects.toThrow('`comment` is missing');
    expect(await service.reject(grace, id, 'use staging')).toMatchObject({ status: 'rejected', holdsName: false });
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 0 }, monthly: { used: 0 } });
    await drain();
    expect(notifications.at(-1)).toMatchObject({ topic: 'rejected', comment: 'use staging' });
    await ask(production);
  });

  it('can be asked for changes, and comes back changed, to be looked at anew', async () => {
    const { service, ask, drain, notifications } = await createService(databases, platform => {
      platform.spec.environments.production.approval.count = 2;
    });
    const { id, planDigest } = await ask({ ...production, resourceTier: 'large' });
    await service.approve(grace, id, { planDigest });
    const asked = await service.askForChanges(edsger, id, 'medium is enough');
    expect(asked).toMatchObject({ status: 'pending-approval', changesAskedAt: '2026-11-23T12:00:00.000Z' });
    const smaller = parameters({ ...production, resourceTier: 'medium' });
    await expect(service.resubmit(grace, id, smaller)).rejects.toThrow('only `user:default/ada`');
    await expect(service.resubmit(ada, id, parameters({ ...smaller, namespaceName: 'payments-x' }))).rejects.toThrow(
      "the name can't be changed from `payments-checkout` to `payments-x`",
    );
    const changed = await service.resubmit(ada, id, smaller);
    expect(changed).toMatchObject({ status: 'pending-approval', approvals: [], monthlyCost: 20000 });
    expect(changed.changesAskedAt).toBeUndefined();
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 1 }, monthly: { used: 20000 } });
    await drain();
    expect(notifications.map(({ topic }) => topic)).toEqual(['approval-needed', 'changes-asked', 'approval-needed']);
  });

  it('can be brought to mind by who waits, once an hour', async () => {
    const { service, ask, pass, drain, notifications } = await createService(databases);
    const { id } = await ask(production);
    const carol = { ...ada, ref: 'user:default/carol', linkedRef: 'user:default/carol', groups: ['group:default/checkout'], email: 'carol@company.com' };
    await expect(service.nudge(carol, id)).rejects.toThrow('is not in the team `payments`');
    expect(await service.nudge(ada, id, 'the sale starts on Friday')).toMatchObject({ status: 'pending-approval' });
    pass({ minutes: 20 });
    await expect(service.nudge(ada, id)).rejects.toThrow('were reminded 20 min ago: they can be reminded again in 40 min');
    pass({ minutes: 40 });
    await service.nudge(ada, id);
    const told = (await service.events(id)).map(({ action, actorRef }) => [action, actorRef]);
    expect(told).toEqual([['submitted', ada.ref], ['nudged', ada.ref], ['nudged', ada.ref]]);
    await drain();
    expect(notifications.map(({ topic, comment }) => [topic, comment])).toEqual([
      ['approval-needed', undefined],
      ['approval-nudge', 'the sale starts on Friday'],
      ['approval-nudge', undefined],
    ]);
    await service.reject(grace, id, 'use staging');
    await expect(service.nudge(ada, id)).rejects.toThrow('it no longer waits for an approval');
  });

  it('needs no approval any more when it comes back for another environment', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const { id } = await ask(production);
    expect(await service.resubmit(ada, id, parameters())).toMatchObject({ status: 'queued', environment: 'development' });
    await drain();
    expect(engine.workflows.size).toBe(1);
  });

  it('reminds of a request that nobody looks at, and lets it lapse in the end', async () => {
    const { service, ask, pass, drain, notifications } = await createService(databases);
    const { id } = await ask(production);
    pass({ days: 9 });
    expect(await service.lapseApprovals()).toEqual({ reminded: 0, expired: 0 });
    pass({ days: 1 });
    expect(await service.lapseApprovals()).toEqual({ reminded: 1, expired: 0 });
    expect(await service.lapseApprovals()).toEqual({ reminded: 0, expired: 0 });
    pass({ days: 4 });
    expect(await service.lapseApprovals()).toEqual({ reminded: 0, expired: 1 });
    expect(await service.get(id)).toMatchObject({
      status: 'cancelled',
      holdsName: false,
      error: { message: expect.stringContaining('nobody approved it in time') },
    });
    await drain();
    expect(notifications.map(({ topic }) => topic)).toEqual(['approval-needed', 'approval-reminder', 'expired']);
  });

  it('has one winner when approvals, rejections and cancellations come together', async () => {
    const { service, ask } = await createService(databases);
    const { id, planDigest } = await ask(production);
    const answers = await Promise.allSettled([
      service.approve(grace, id, { planDigest }),
      service.reject(edsger, id, 'no'),
      service.approve(edsger, id, { planDigest }),
      service.reject(grace, id, 'no'),
    ]);
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(1);
    const { status, version, holdsName } = await service.get(id);
    expect(version).toBe(2);
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: holdsName ? 1 : 0 } });
    expect(holdsName).toBe(status === 'queued');
  });
});
