// What can be done with a request besides answering it: change it, stop it, try it again, ask for the same again.
import { useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { isFinal, type RequestDetail } from '@berth/plugin-platform-common';
import { platformApiRef } from '../api';
import { ConfirmDialog } from '../parts';
import { newRequestRouteRef, reviseRouteRef } from '../routes';
import { useArgoLink } from './useArgoLink';
import { isRequester, useMe } from './useMe';
import { isRevisable } from './words';

export function RequestActions({ request, onChange }: { request: RequestDetail; onChange(request: RequestDetail): void }) {
  const api = useApi(platformApiRef);
  const me = useMe();
  const newRequest = useRouteRef(newRequestRouteRef);
  const toRevise = useRouteRef(reviseRouteRef);
  const argoLink = useArgoLink(request);
  const [asking, setAsking] = useState<'cancel' | 'retry'>();
  const { requestId, name, status, rollback, cancelRequestedAt, changesAskedAt, blueprint, parameters, kind } = request;

  const isRunning = status === 'provisioning' || status === 'queued';
  const mayCancel = (isRunning && !cancelRequestedAt && rollback === 'none') || status === 'pending-approval';
  const mayRetry = (status === 'failed' && rollback !== 'running') || (status === 'cancelled' && rollback === 'failed');
  const again = newRequest && kind === 'create' && `${newRequest()}?${new URLSearchParams({ blueprint, parameters: JSON.stringify(parameters) })}`;

  return (
    <>
      {argoLink && (
        <ButtonLink variant="secondary" href={argoLink} target="_blank" rel="noreferrer">
          Open in Argo
        </ButtonLink>
      )}
      {again && isFinal(status) && (
        <ButtonLink variant="secondary" href={again}>
          Request again
        </ButtonLink>
      )}
      {toRevise && isRevisable(request) && isRequester(request, me) && (
        <ButtonLink variant={changesAskedAt ? 'primary' : 'secondary'} href={toRevise({ requestId })}>
          Change the request
        </ButtonLink>
      )}
      {mayRetry && (
        <Button variant="primary" onPress={() => setAsking('retry')}>
          Try again
        </Button>
      )}
      {mayCancel && (
        <Button variant="secondary" onPress={() => setAsking('cancel')}>
          Cancel the request
        </Button>
      )}
      {asking === 'cancel' && (
        <ConfirmDialog
          title={`Cancel the request for ${name}?`}
          action="Cancel the request"
          destructive
          comment={{ label: 'Why' }}
          onConfirm={async comment => onChange(await api.cancel(requestId, comment))}
          onClose={() => setAsking(undefined)}
        >
          {isRunning
            ? 'Argo stops it, and what was made so far is taken back. That takes some seconds; this page shows it.'
            : 'Nothing was made yet. Its name is free again at once.'}
        </ConfirmDialog>
      )}
      {asking === 'retry' && (
        <ConfirmDialog
          title={`Try ${name} again?`}
          action="Try again"
          comment={{ label: 'Comment' }}
          onConfirm={async comment => onChange(await api.retry(requestId, comment))}
          onClose={() => setAsking(undefined)}
        >
          The same request runs as a new attempt, judged by today’s policy. It needs a new approval only if the plan has changed.
        </ConfirmDialog>
      )}
    </>
  );
}
