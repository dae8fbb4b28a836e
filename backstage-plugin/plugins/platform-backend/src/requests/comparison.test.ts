// What is unusual about a request, beside what its team has. On every database.
import { onEveryDatabase } from '../testing/databases';
import { ada } from '../testing/requests';
import { createService } from '../testing/service';

onEveryDatabase(databases => {
  it('says what none of the other namespaces of the team has, and counts what they have instead', async () => {
    const { service, stands, ask } = await createService(databases);
    await stands({ namespaceName: 'payments-ledger', features: ['backup-enabled'] });
    await stands({ namespaceName: 'payments-reports', features: ['backup-enabled'], resourceTier: 'medium' });
    await stands({ namespaceName: 'payments-batch', features: [] });
    const { id } = await ask({ environment: 'production', resourceTier: 'medium', features: ['gpu-access'], description: 'Scores payments' });

    const { compared } = await service.planOf(id);
    expect(compared).toEqual({
      namespaces: 3,
      differences: [
        { parameter: 'features', value: ['gpu-access'], others: [{ value: ['backup-enabled'], count: 2 }, { value: [], count: 1 }] },
      ],
    });
    // Approvers learn what is usual, and not what the others are called.
    expect(JSON.stringify(compared)).not.toContain('payments-');
  });

  it('compares a change with the others, not with what it changes', async () => {
    const { service, namespaces, stands } = await createService(databases);
    const checkout = await stands();
    await stands({ namespaceName: 'payments-ledger', resourceTier: 'medium' });
    const { request } = await namespaces.change(ada, checkout, { resourceTier: 'large' });
    expect((await service.planOf(request.id)).compared).toEqual({
      namespaces: 1,
      differences: [{ parameter: 'resourceTier', value: 'large', others: [{ value: 'medium', count: 1 }] }],
    });
  });

  it('has nothing to compare the first one with', async () => {
    const { service, ask } = await createService(databases);
    expect((await service.planOf((await ask({})).id)).compared).toEqual({ namespaces: 0, differences: [] });
  });
});
