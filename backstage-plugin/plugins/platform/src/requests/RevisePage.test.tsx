// Changing what is asked for while it waits: from the page of the request to the form and back.
import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { RequestDetail, RequestEvent } from '@berth/plugin-platform-common';
import type { PlatformApi } from '../api';
import { renderPage, violationsIn } from '../__testUtils__/renderPage';
import { aPlan, aWaitingRequest, someProgress } from '../__testUtils__/samples';
import { RequestsRouter } from './RequestsRouter';

const path = '/platform/requests/*';
const at = '/platform/requests/checkout-1';
const asked: RequestEvent = {
  id: 2,
  at: '2026-11-23T09:10:00Z',
  action: 'changes-asked',
  actor: 'user:default/grace',
  comment: 'Small will do for a start',
  from: 'pending-approval',
  to: 'pending-approval',
  attempt: 1,
};

function show(request: RequestDetail, { as, address = at, ...changes }: Partial<PlatformApi> & { as?: 'ada' | 'grace'; address?: string } = {}) {
  const api: Partial<PlatformApi> = {
    request: async () => request,
    progress: async () => someProgress({ status: request.status, steps: [] }),
    events: async () => [asked],
    plan: async () => aPlan(),
    ...changes,
  };
  return renderPage(<RequestsRouter />, api, { path, at: address, as });
}

describe('a request of which an approver wants something to be different', () => {
  const request = aWaitingRequest({ changesAskedAt: asked.at });

  it('leads its requester to what they asked for, beside what should be different', async () => {
    const resubmit = jest.fn(async () => request);
    const { container } = show(request, { resubmit });
    expect(await screen.findByText('Changes were asked for')).toBeVisible();
    fireEvent.click(await screen.findByRole('link', { name: 'Change the request' }));

    expect(await screen.findByText('Small will do for a start')).toBeVisible();
    expect(await screen.findByRole('radio', { name: /^Medium/ })).toBeChecked();
    // Name and team stay, and nobody asks whether its own name is free.
    expect(screen.queryByRole('textbox', { name: /^Name/ })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send for approval' })).toBeDisabled();
    expect(await violationsIn(container)).toEqual([]);

    fireEvent.click(screen.getByRole('radio', { name: /^Small/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Send for approval' }));
    await waitFor(() => expect(resubmit).toHaveBeenCalledWith('checkout-1', { ...request.parameters, resourceTier: 'small' }));
    expect(await screen.findByText('How far it is')).toBeVisible();
  });

  it('is not changed by anybody else', async () => {
    show(request, { as: 'grace' });
    expect(await screen.findByText('This waits for your answer')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Change the request' })).not.toBeInTheDocument();
  });
});

it('is not offered for what has been answered meanwhile', async () => {
  show(aWaitingRequest({ status: 'rejected' }), { address: `${at}/change` });
  expect(await screen.findByText('It can’t be changed any more')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Open the request' })).toHaveAttribute('href', at);
});
