// Gives a namespace back in two steps: frozen now, gone when its grace is over. Until then it can be restored.
import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef, type NamespaceRef } from '../api';
import { useResource } from '../live';
import { ConfirmDialog, LoadingState, ProblemNote } from '../parts';
import { graceDaysOf } from '../policy/readDocuments';
import { MustAgree } from './MustAgree';

export interface FreezeDialogProps {
  of: NamespaceRef;
  onDone(requestId: string): void;
  onClose(): void;
}

export function FreezeDialog({ of, onDone, onClose }: FreezeDialogProps) {
  const api = useApi(platformApiRef);
  const plan = useResource(`freeze of ${of.cluster}/${of.name}`, () => api.planNamespace(of, { freeze: true }));
  const documents = useResource('documents', () => api.documents());
  const graceDays = documents.value && graceDaysOf(documents.value);
  return (
    <ConfirmDialog
      title={`Freeze ${of.name}?`}
      action="Freeze"
      destructive
      typed={of.name}
      onConfirm={async () => onDone((await api.decommissionNamespace(of, of.name, true)).requestId)}
      onClose={onClose}
    >
      <p>
        Its quota becomes 0: what runs goes on, nothing new starts. It can be restored for{' '}
        {graceDays === undefined ? 'some days' : <strong>{graceDays === 1 ? '1 day' : `${graceDays} days`}</strong>}; then it is deleted with all
        that is in it.
      </p>
      {plan.isLoading && <LoadingState label="Who must agree is being found out" rows={1} height={20} />}
      {plan.error !== undefined && <ProblemNote error={plan.error} onRetry={plan.refresh} />}
      {plan.value && <MustAgree plan={plan.value} />}
    </ConfirmDialog>
  );
}
