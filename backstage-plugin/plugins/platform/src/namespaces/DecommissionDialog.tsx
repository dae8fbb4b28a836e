// Gives a namespace back: what goes, who must agree, and the name typed once more.
import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef, type NamespaceRef } from '../api';
import { useResource } from '../live';
import { ConfirmDialog, LoadingState, ProblemNote } from '../parts';
import { MustAgree } from './MustAgree';

export interface DecommissionDialogProps {
  of: NamespaceRef;
  environment: string;
  onDone(requestId: string): void;
  onClose(): void;
}

export function DecommissionDialog({ of, environment, onDone, onClose }: DecommissionDialogProps) {
  const api = useApi(platformApiRef);
  const plan = useResource(`end of ${of.cluster}/${of.name}`, () => api.planNamespace(of, { delete: true }));
  const { value } = plan;
  const elsewhere = value?.steps.flatMap(step => step.objects).filter(object => object.namespace && object.namespace !== of.name) ?? [];
  return (
    <ConfirmDialog
      title={`Decommission ${of.name}?`}
      action="Decommission"
      destructive
      typed={of.name}
      onConfirm={async () => onDone((await api.decommissionNamespace(of, of.name)).requestId)}
      onClose={onClose}
    >
      <p>
        The {environment} namespace goes with all that is in it: workloads, volumes, secrets. Its name, its slot and its budget are free when it
        is really gone.
      </p>
      {plan.isLoading && <LoadingState label="What goes is being found out" rows={2} height={20} />}
      {plan.error !== undefined && <ProblemNote error={plan.error} onRetry={plan.refresh} />}
      {elsewhere.length > 0 && (
        <p>
          With it go, outside of it: {elsewhere.map(({ kind, name, namespace }) => `${kind} ${name} in ${namespace}`).join(', ')}.
        </p>
      )}
      {value && <MustAgree plan={value} />}
    </ConfirmDialog>
  );
}
