// The page of a request, in each of its states.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { RequestEvent } from '@berth/plugin-platform-common';
import type { PlatformApi } from '../api';
import { answerOf, renderPage, violationsIn } from '../__testUtils__/renderPage';
import { aPlan, aRequest, aWaitingRequest, someProgress } from '../__testUtils__/samples';
import { RequestPage } from './RequestPage';

const path = '/platform/requests/:requestId';
const at = '/platform/requests/checkout-1';
const asked: RequestEvent = { id: 1, at: '2026-11-23T09:00:00Z', action: 'submitted', actor: 'user:default/ada', to: 'queued', attempt: 1 };

/** A backend with one request. */
function having(request = aRequest(), changes: Partial<PlatformApi> = {}): Partial<PlatformApi> {
  return {
    request: async () => request,
    progress: async () => someProgress({ status: request.status, ...(request.status === 'pending-approval' && { steps: [] }) }),
    events: async () => [asked],
    plan: async () => aPlan(),
    requests: async () => ({ items: [] }),
    followLogs: async (_id, step, onText) => onText(step ? `${step} printed this` : '[namespace] namespace/payments-checkout serverside-applied'),
    ...changes,
  };
}

describe('the page of a request', () => {
  it('shows how far it is, its steps with retries, its log, who did what, and what to do next', async () => {
    const { container } = renderPage(<RequestPage />, having(), { path, at });
    expect(await screen.findByRole('heading', { level: 2, name: /payments-checkout Ready/ })).toBeVisible();
    const quotas = await screen.findByRole('button', { name: /Quota and limits.*2 retries/ });
    expect(await screen.findByText(/serverside-applied/)).toBeVisible();
    expect(screen.getByText(/asked for it/)).toBeVisible();
    expect(screen.getByText(/kubectl describe quota --namespace=payments-checkout/)).toBeVisible();

    fireEvent.click(quotas);
    expect(await screen.findByText('quotas printed this')).toBeVisible();
    expect(await violationsIn(container)).toEqual([]);
  });

  it('says in words what a step said that failed', async () => {
    const steps = [{ id: 'quotas', phase: 'Failed', retries: 1, message: 'quota `compute-quota` was refused' }];
    renderPage(<RequestPage />, having(aRequest({ status: 'failed' }), { progress: async () => someProgress({ steps }) }), { path, at });
    fireEvent.click(await screen.findByRole('button', { name: /Quota and limits/ }));
    expect((await screen.findByText('compute-quota', { selector: 'code' })).closest('p')).toHaveTextContent('Quota compute-quota was refused.');
  });

  it('says of a failure why, at which step, and what is left', async () => {
    const failed = aRequest({ status: 'failed', error: 'quota `compute-quota` was refused', failedStep: 'quotas', rollback: 'done' });
    renderPage(<RequestPage />, having(failed), { path, at });
    expect(await screen.findByRole('heading', { name: 'It failed at “Quota and limits”' })).toBeVisible();
    expect(screen.getByText('compute-quota', { selector: 'code' }).closest('p')).toHaveTextContent('Quota compute-quota was refused.');
    expect(screen.getByText(/Nothing of payments-checkout is left, and the name is free again/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('lets one ask for the same again', async () => {
    renderPage(<RequestPage />, having(aRequest({ status: 'cancelled' })), { path, at });
    const href = (await screen.findByRole('link', { name: 'Request again' })).getAttribute('href') ?? '';
    const query = new URL(href, 'http://localhost').searchParams;
    expect(query.get('blueprint')).toBe('namespace');
    expect(JSON.parse(query.get('parameters') ?? '')).toMatchObject({ namespaceName: 'payments-checkout', resourceTier: 'medium' });
  });

  it('cancels only when that is confirmed, with the reason', async () => {
    const running = aRequest({ status: 'provisioning', finishedAt: undefined });
    const cancel = jest.fn(async () => ({ ...running, cancelRequestedAt: '2026-11-23T09:00:30Z' }));
    renderPage(<RequestPage />, having(running, { cancel }), { path, at });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel the request' }));
    const dialog = await screen.findByRole('dialog');
    expect(cancel).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByLabelText('Why'), { target: { value: 'Wrong name' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel the request' }));
    await waitFor(() => expect(cancel).toHaveBeenCalledWith('checkout-1', 'Wrong name'));
  });

  it('is not there for who may not see it, and says what that may mean', async () => {
    const missing = await answerOf(404, 'NotFoundError', 'there is no request `checkout-1`, or you may not see it');
    renderPage(<RequestPage />, having(aRequest(), { request: async () => Promise.reject(missing) }), { path, at });
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no request checkout-1, or you may not see it.');
  });
});

describe('a request that waits for an approval', () => {
  it('names to its requester who must agree, until when, and why they can’t do it themselves', async () => {
    const { container } = renderPage(<RequestPage />, having(aWaitingRequest()), { path, at });
    expect(await screen.findByText(/You asked for this, so somebody else has to look at it/)).toBeVisible();
    expect(screen.getByText(/a second person looks at everything that goes to production/)).toBeVisible();
    expect(screen.getByText(/Without an answer it ends/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
    expect(await violationsIn(container)).toEqual([]);
  });

  it('lets its requester remind the approvers, with a word', async () => {
    const nudge = jest.fn(async () => aWaitingRequest());
    renderPage(<RequestPage />, having(aWaitingRequest(), { nudge }), { path, at });
    fireEvent.click(await screen.findByRole('button', { name: 'Remind them' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('A word to them'), { target: { value: 'The sale starts on Friday' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remind them' }));
    await waitFor(() => expect(nudge).toHaveBeenCalledWith('checkout-1', 'The sale starts on Friday'));
  });

  it('shows an approver plan, cost against the budget and what is unusual, and pins the plan that was read', async () => {
    const approve = jest.fn(async () => aRequest({ status: 'queued' }));
    const compared = { namespaces: 1, differences: [{ parameter: 'resourceTier', value: 'medium', others: [{ value: 'small', count: 1 }] }] };
    renderPage(<RequestPage />, having(aWaitingRequest(), { approve, plan: async () => aPlan({ compared }) }), { path, at, as: 'grace' });
    expect(await screen.findByText('$1,260.00 of $4,000.00 a month with this')).toBeVisible();
    expect((await screen.findByText('Size', { selector: 'strong' })).closest('li')).toHaveTextContent('Size: Medium — elsewhere Small (1)');

    fireEvent.click(await screen.findByRole('button', { name: 'Approve' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(approve).toHaveBeenCalledWith('checkout-1', { planDigest: 'sha256:2222222222222222' }));
  });

  it('has to be looked at again when its plan has changed', async () => {
    const plan = jest.fn().mockResolvedValueOnce(aPlan()).mockResolvedValue(aPlan({ planDigest: 'sha256:3333333333333333' }));
    const changed = await answerOf(409, 'ConflictError', 'the plan has changed since it was read');
    renderPage(<RequestPage />, having(aWaitingRequest(), { plan, approve: async () => Promise.reject(changed) }), { path, at, as: 'grace' });
    await screen.findByText('What will be created');
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('It has changed meanwhile');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Go back' }));

    expect(await screen.findByText('The plan has changed while you read it')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    fireEvent.click(screen.getByRole('button', { name: 'Show the new plan' }));
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
  });

  it('is rejected with a reason only', async () => {
    const reject = jest.fn(async () => aRequest({ status: 'rejected' }));
    renderPage(<RequestPage />, having(aWaitingRequest(), { reject }), { path, at, as: 'grace' });
    fireEvent.click(await screen.findByRole('button', { name: 'Reject' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('button', { name: 'Reject' })).toBeDisabled();
    fireEvent.change(within(dialog).getByRole('textbox', { name: /Why/ }), { target: { value: 'Use staging first' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(reject).toHaveBeenCalledWith('checkout-1', 'Use staging first'));
  });
});
