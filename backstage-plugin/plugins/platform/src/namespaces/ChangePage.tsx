// A change of a namespace: the fields of its blueprint as they stand, and beside them what a change would do, before it is sent.
import { useCallback, useMemo, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { useNavigate, useParams } from 'react-router-dom';
import { platformApiRef, type NamespaceRef, type StandingNamespace } from '../api';
import { FieldControl } from '../form/fields';
import { fieldsOf } from '../form/model/fields';
import type { Problem, Remedy } from '../form/model/problems';
import { type Policy, usePolicy } from '../form/policy';
import { useResource } from '../live';
import { LoadingState, ProblemNote, ProblemState, Screen, Section } from '../parts';
import { namespaceRouteRef, requestRouteRef } from '../routes';
import styles from './ChangePage.module.css';
import { ChangeView } from './ChangeView';
import { patchOf } from './patch';
import { usePlan } from './usePlan';

const NO_PROBLEMS: Problem[] = [];

export function ChangePage() {
  const { cluster = '', name = '' } = useParams();
  const api = useApi(platformApiRef);
  const of = useMemo(() => ({ cluster, name }), [cluster, name]);
  const found = useResource(`${cluster}/${name}`, () => api.namespace(of));
  const { state, source } = usePolicy();
  const policy = state.status === 'ready' ? state.policy : undefined;
  const error = found.error ?? (state.status === 'failed' ? state.error : undefined);
  if (found.value && policy) {
    return <Change of={of} namespace={found.value} policy={policy} />;
  }
  return (
    <Screen title={`Change ${name}`}>
      {error === undefined ? (
        <LoadingState label="The namespace is loading" rows={4} height={88} />
      ) : (
        <ProblemState
          error={error}
          onRetry={() => {
            found.refresh();
            source.refresh();
          }}
        />
      )}
    </Screen>
  );
}

function Change({ of, namespace, policy }: { of: NamespaceRef; namespace: StandingNamespace; policy: Policy }) {
  const api = useApi(platformApiRef);
  const navigate = useNavigate();
  const toNamespace = useRouteRef(namespaceRouteRef);
  const toRequest = useRouteRef(requestRouteRef);
  const [parameters, setParameters] = useState<Record<string, unknown>>(namespace.parameters);
  const [sending, setSending] = useState<{ isPending: boolean; error?: unknown }>({ isPending: false });

  const blueprint = policy.blueprint('namespace') ?? policy.blueprints[0];
  const fields = useMemo(() => {
    const { scope } = blueprint.spec;
    return fieldsOf(blueprint).filter(field => ![scope.name, scope.team, scope.environment].includes(field.name));
  }, [blueprint]);
  const decision = useMemo(() => policy.decide(blueprint.metadata.name, parameters), [policy, blueprint, parameters]);
  const patch = useMemo(() => patchOf(namespace.parameters, parameters), [namespace.parameters, parameters]);
  const isChanged = Object.keys(patch).length > 0;
  const plan = usePlan(isChanged ? patch : undefined, next => api.planNamespace(of, next));

  const set = useCallback((field: string, value: unknown) => setParameters(last => ({ ...last, [field]: value })), []);
  const replace = useCallback((remedy: Remedy) => setParameters(remedy.parameters), []);
  const leave = useCallback(() => undefined, []);
  const send = async () => {
    setSending({ isPending: true });
    try {
      const { requestId } = await api.changeNamespace(of, patch);
      navigate(toRequest?.({ requestId }) ?? '');
    } catch (error) {
      setSending({ isPending: false, error });
    }
  };

  return (
    <Screen title={`Change ${of.name}`} lead="Nothing is sent before you have seen what it does. Name, team and environment stay as they are.">
      <div className={styles.columns}>
        <div className={styles.fields}>
          {fields.map(field => (
            <FieldControl
              key={field.name}
              field={field}
              value={parameters[field.name]}
              problems={NO_PROBLEMS}
              options={decision.options?.[field.name]}
              currency={decision.cost.currency}
              onChange={set}
              onBlur={leave}
              onRemedy={replace}
            />
          ))}
        </div>
        <aside className={styles.aside} aria-label="What the change does">
          <Section title="What the change does">
            {!isChanged && <p className={styles.quiet}>Nothing is changed yet.</p>}
            {plan.isLoading && <LoadingState label="The change is being worked out" rows={3} height={24} />}
            {plan.error !== undefined && <ProblemNote error={plan.error} />}
            {plan.value && <ChangeView plan={plan.value} before={namespace.cost.monthly} />}
            {sending.error !== undefined && <ProblemNote error={sending.error} />}
            <div className={styles.actions}>
              <Button variant="primary" isDisabled={!plan.value} isPending={sending.isPending} onPress={send}>
                {plan.value?.approval.required ? 'Ask for this change' : 'Change it'}
              </Button>
              <ButtonLink variant="secondary" href={toNamespace?.({ ...of }) ?? ''}>
                Go back
              </ButtonLink>
            </div>
          </Section>
        </aside>
      </div>
    </Screen>
  );
}
