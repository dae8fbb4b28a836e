// What the state of a request means for who looks at it, in plain words, and what to do next.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink } from '@backstage/ui';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { CodeBlock, Section, Words } from '../parts';
import { namespaceRouteRef } from '../routes';
import styles from './Outcome.module.css';
import { rollbackWords } from './words';

export function Outcome({ request, failedTitle }: { request: RequestDetail; failedTitle?: string }) {
  switch (request.status) {
    case 'completed':
      return request.kind === 'create' ? <WhatNext request={request} /> : null;
    case 'failed':
      return <Failure request={request} failedTitle={failedTitle} />;
    case 'cancelled':
      return rollbackWords(request) ? (
        <Alert status={request.rollback === 'failed' ? 'danger' : 'info'} icon title="It was cancelled" description={rollbackWords(request)} />
      ) : null;
    case 'queued':
      return (
        <Alert
          status="info"
          icon
          title={request.cancelRequestedAt ? 'It is being stopped' : 'It is stored and will be carried out'}
          description={
            request.cancelRequestedAt
              ? 'It may have reached Argo already. What wins is what Argo says in a moment.'
              : 'Argo gets it as soon as it answers. You can close this page: nothing is lost.'
          }
        />
      );
    case 'provisioning':
      return request.cancelRequestedAt ? (
        <Alert status="info" icon title="It is being stopped" description="What was made so far is taken back. If it was faster, it is done." />
      ) : null;
    default:
      return null;
  }
}

function Failure({ request, failedTitle }: { request: RequestDetail; failedTitle?: string }) {
  const { error, failedStep } = request;
  return (
    <Section title={failedStep ? `It failed at “${failedTitle ?? failedStep}”` : 'It failed'} tone="danger">
      <p className={styles.reason}><Words of={error ?? 'no reason was given'} /></p>
      <p className={styles.words}>{rollbackWords(request)}</p>
    </Section>
  );
}

/** What one does with a namespace that has just been made. */
function WhatNext({ request }: { request: RequestDetail }) {
  const { name, cluster, blueprint } = request;
  const toNamespace = useRouteRef(namespaceRouteRef);
  if (blueprint !== 'namespace') {
    return null;
  }
  const href = toNamespace?.({ cluster, name });
  const commands = [
    `kubectl config set-context --current --namespace=${name}   # work in it from now on`,
    `kubectl describe quota --namespace=${name}                 # what fits into it`,
    `kubectl auth can-i --list --namespace=${name}              # what you may do there`,
  ].join('\n');
  return (
    <Section
      title={`${name} is ready`}
      aside={
        href && (
          <ButtonLink size="small" variant="secondary" href={href}>
            Open the namespace
          </ButtonLink>
        )
      }
    >
      <p className={styles.words}>It stands on the cluster {cluster}. With a kubectl that is signed in there:</p>
      <CodeBlock text={commands} label="kubectl commands" />
    </Section>
  );
}
