// One namespace that stands: what it uses, how it differs from what was approved, how long it stays, and what can be done with it.
import { useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, ButtonLink } from '@backstage/ui';
import { useNavigate, useParams } from 'react-router-dom';
import { platformApiRef, type NamespaceRef, type StandingNamespace } from '../api';
import { blueprintOf } from '../form/model/fields';
import { titleOf, valueWords } from '../form/model/words';
import { useRequestChanges, useResource } from '../live';
import { CodeBlock, Facts, LoadingState, Meter, Money, ProblemNote, ProblemState, Screen, Section, ToneBadge, When } from '../parts';
import { changeRouteRef, requestRouteRef } from '../routes';
import { DecommissionDialog } from './DecommissionDialog';
import { DriftTable } from './DriftTable';
import { ExtendDialog } from './ExtendDialog';
import { FreezeDialog } from './FreezeDialog';
import styles from './NamespacePage.module.css';
import { RepairDialog } from './RepairDialog';
import { RestoreDialog } from './RestoreDialog';
import { notesOf, usageOf } from './standing';

type Ask = 'extend' | 'repair' | 'freeze' | 'restore' | 'decommission';

export function NamespacePage() {
  const { cluster = '', name = '' } = useParams();
  const api = useApi(platformApiRef);
  const found = useResource(`${cluster}/${name}`, () => api.namespace({ cluster, name }));
  useRequestChanges(() => found.refresh());
  if (!found.value) {
    return (
      <Screen title={name}>
        {found.isLoading ? <LoadingState label="The namespace is loading" rows={4} height={88} /> : <ProblemState error={found.error} onRetry={found.refresh} />}
      </Screen>
    );
  }
  return <Namespace namespace={found.value} of={{ cluster, name }} error={found.error} onRetry={found.refresh} />;
}

function Namespace({ namespace, of, error, onRetry }: { namespace: StandingNamespace; of: NamespaceRef; error?: unknown; onRetry(): void }) {
  const api = useApi(platformApiRef);
  const documents = useResource('documents', () => api.documents());
  const blueprint = blueprintOf(documents.value, 'namespace');
  const [asking, setAsking] = useState<Ask>();
  const navigate = useNavigate();
  const toRequest = useRouteRef(requestRouteRef);
  const toChange = useRouteRef(changeRouteRef);
  const { name, cluster, team, environment, cost, expiresAt, deleteAt, state, openRequests, drift = [], seenAt, heldBy, parameters } = namespace;
  const open = openRequests.at(0);
  const isFree = !open && (state === 'standing' || state === 'frozen');
  // Its time is over: it comes back only with another end.
  const isOver = expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();
  const follow = (requestId: string) => navigate(toRequest?.({ requestId }) ?? '');
  const close = () => setAsking(undefined);
  const usage = usageOf(namespace);

  return (
    <Screen
      title={
        <span className={styles.title}>
          {name}
          {notesOf(namespace).map(({ tone, text, title }) => (
            <ToneBadge key={text} tone={tone} title={title}>
              {text}
            </ToneBadge>
          ))}
        </span>
      }
      lead={
        <>
          Namespace in {environment} for {team} on the cluster {cluster}, since <When at={namespace.standsSince} />
        </>
      }
      actions={
        isFree && (
          <>
            {state === 'standing' && (
              <ButtonLink variant="primary" href={toChange?.(of) ?? ''}>
                Change
              </ButtonLink>
            )}
            {state === 'frozen' && !isOver && (
              <Button variant="primary" onPress={() => setAsking('restore')}>
                Restore
              </Button>
            )}
            {expiresAt && (
              <Button variant={state === 'frozen' && isOver ? 'primary' : 'secondary'} onPress={() => setAsking('extend')}>
                Extend
              </Button>
            )}
            {state === 'standing' && (
              <Button variant="secondary" onPress={() => setAsking('freeze')}>
                Freeze
              </Button>
            )}
            <Button variant="secondary" onPress={() => setAsking('decommission')}>
              Decommission
            </Button>
          </>
        )
      }
    >
      {error !== undefined && <ProblemNote error={error} onRetry={onRetry} />}
      {open && (
        <Alert
          status="info"
          icon
          title={open.status === 'pending-approval' ? 'Something waits for an approval' : 'Something is under way'}
          description="There is one request about a namespace at a time. Until it has ended, nothing else can be asked for."
          customActions={
            <ButtonLink size="small" variant="secondary" href={toRequest?.({ requestId: open.requestId }) ?? ''}>
              Open the request
            </ButtonLink>
          }
        />
      )}
      {state === 'frozen' && (
        <Alert
          status="warning"
          icon
          title="It is frozen"
          description={
            <>
              Its quota is 0, so nothing new starts.{' '}
              {deleteAt && (
                <>
                  It is deleted <When at={deleteAt} />; until then {isOver ? 'an extension brings it back.' : 'it can be restored.'}
                </>
              )}
            </>
          }
        />
      )}
      {state === 'missing' && (
        <Alert
          status="danger"
          icon
          title="It is gone from the cluster"
          description="Somebody has deleted it by hand. Repair makes it anew as it was approved; when it stays gone, its name, its slot and its budget are free."
        />
      )}
      {state === 'terminating' && heldBy && (
        <Alert
          status="warning"
          icon
          title="Its removal hangs"
          description={`It is held by ${heldBy}. Who runs what they belong to can let it go.`}
        />
      )}
      {(drift.length > 0 || state === 'missing') && (
        <Section
          title="How the cluster differs from what was approved"
          tone="warning"
          aside={
            !open &&
            state !== 'frozen' && (
              <Button size="small" variant="secondary" onPress={() => setAsking('repair')}>
                Repair
              </Button>
            )
          }
        >
          <DriftTable drift={drift} />
        </Section>
      )}
      <div className={styles.columns}>
        <Section title="Used of its quota" aside={seenAt && <span className={styles.quiet}>seen <When at={seenAt} /></span>}>
          {usage.length > 0 ? (
            <div className={styles.meters}>
              {usage.map(({ resource, used, hard, words }) => (
                <Meter key={resource} label={resource} value={used} max={hard}>
                  {words}
                </Meter>
              ))}
            </div>
          ) : (
            <p className={styles.quiet}>
              The cluster is not looked at, so nobody knows what it uses. A read-only account for the backend shows usage and drift here.
            </p>
          )}
        </Section>
        <Section title="What it is">
          <Facts
            facts={[
              ['Cost', <Money key="cost" minor={cost.monthly} currency={cost.currency} monthly />],
              ['Expires', expiresAt && <When at={expiresAt} />],
              ...Object.entries(parameters)
                .filter(([field]) => !['namespaceName', 'environment', 'team', 'expiresAt'].includes(field))
                .map(([field, value]): [string, string] => [titleOf(field, blueprint), valueWords(field, value, blueprint)]),
            ]}
          />
        </Section>
      </div>
      <Section
        title="Work in it"
        aside={
          <ButtonLink size="small" variant="secondary" href={toRequest?.({ requestId: namespace.requestId }) ?? ''}>
            Its whole life
          </ButtonLink>
        }
      >
        <CodeBlock
          label="kubectl commands"
          text={`kubectl config set-context --current --namespace=${name}\nkubectl describe quota --namespace=${name}`}
        />
      </Section>
      {asking === 'extend' && <ExtendDialog of={of} expiresAt={expiresAt} onDone={follow} onClose={close} />}
      {asking === 'repair' && <RepairDialog of={of} drift={drift} onDone={follow} onClose={close} />}
      {asking === 'freeze' && <FreezeDialog of={of} onDone={follow} onClose={close} />}
      {asking === 'restore' && <RestoreDialog of={of} onDone={follow} onClose={close} />}
      {asking === 'decommission' && <DecommissionDialog of={of} environment={environment} onDone={follow} onClose={close} />}
    </Screen>
  );
}
