// The lists of requests.
import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { RequestQuery } from '../api';
import { answerOf, renderPage, violationsIn } from '../__testUtils__/renderPage';
import { aRequest, aWaitingRequest } from '../__testUtils__/samples';
import { RequestsPage } from './RequestsPage';

const path = '/platform/requests';

describe('the list of requests', () => {
  it('shows mine first, with state, cost and a link to each', async () => {
    const requests = jest.fn(async (_query: RequestQuery) => ({ items: [aRequest(), aWaitingRequest({ requestId: 'ledger-1', name: 'payments-ledger' })] }));
    const { container } = renderPage(<RequestsPage />, { requests }, { path });

    expect(await screen.findByRole('link', { name: 'payments-checkout' })).toHaveAttribute('href', '/platform/requests/checkout-1');
    expect(screen.getByText('Ready')).toBeVisible();
    expect(screen.getAllByText('Waiting for approval').length).toBeGreaterThan(0);
    expect(screen.getAllByText('$260.00')).toHaveLength(2);
    expect(requests).toHaveBeenCalledWith({ view: 'mine', limit: 60 });
    expect(await violationsIn(container)).toEqual([]);
  });

  it('takes its filters from the address, and asks again when one is changed', async () => {
    const requests = jest.fn(async (_query: RequestQuery) => ({ items: [aRequest()] }));
    renderPage(<RequestsPage />, { requests }, { path, at: `${path}?view=team&status=failed&name=check` });
    await screen.findByRole('link', { name: 'payments-checkout' });
    expect(requests).toHaveBeenCalledWith({ view: 'team', status: 'failed', name: 'check', limit: 60 });

    fireEvent.click(screen.getByRole('radio', { name: 'All I may see' }));
    await waitFor(() => expect(requests).toHaveBeenCalledWith({ status: 'failed', name: 'check', limit: 60 }));
  });

  it('loads further pages, and draws only the rows that are seen', async () => {
    const all = Array.from({ length: 5000 }, (_, at) => aRequest({ requestId: `r-${at}`, name: `payments-${at}`, createdAt: new Date(2e12 - at * 1000).toISOString() }));
    const requests = jest.fn(async ({ cursor = '0', limit = 50 }: RequestQuery) => {
      const end = Number(cursor) + limit;
      return { items: all.slice(Number(cursor), end), ...(end < all.length && { nextCursor: String(end) }) };
    });
    renderPage(<RequestsPage />, { requests }, { path });
    await screen.findByRole('link', { name: 'payments-0' });
    await waitFor(() => expect(requests).toHaveBeenCalledWith({ view: 'mine', cursor: '60', limit: 200 }));
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
  });

  it('says that nothing is there, and what to do', async () => {
    const { container } = renderPage(<RequestsPage />, { requests: async () => ({ items: [] }) }, { path });
    expect(await screen.findByText('Nothing here yet')).toBeVisible();
    expect(screen.getAllByRole('link', { name: 'Request a namespace' })[0]).toHaveAttribute('href', '/platform/new');
    expect(await violationsIn(container)).toEqual([]);
  });

  it('says when nothing fits the filters, and takes them away', async () => {
    renderPage(<RequestsPage />, { requests: async ({ status }) => ({ items: status ? [] : [aRequest()] }) }, { path, at: `${path}?status=failed` });
    fireEvent.click(await screen.findByRole('button', { name: 'Take the filters away' }));
    expect(await screen.findByRole('link', { name: 'payments-checkout' })).toBeVisible();
  });

  it('says what went wrong, and asks again on demand', async () => {
    const away = await answerOf(503, 'ServiceUnavailableError', 'the database is away');
    const requests = jest.fn().mockRejectedValueOnce(away).mockResolvedValue({ items: [aRequest()] });
    renderPage(<RequestsPage />, { requests }, { path });
    expect(await screen.findByRole('alert')).toHaveTextContent('The database is away.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'payments-checkout' })).toBeVisible();
  });

  it('names who can help somebody who may not see it', async () => {
    const denied = await answerOf(403, 'NotAllowedError', '`user:default/ada` lacks the permission `platform.request.read`');
    renderPage(<RequestsPage />, { requests: async () => Promise.reject(denied) }, { path });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not do this');
    expect(alert).toHaveTextContent('lacks the permission');
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });
});
