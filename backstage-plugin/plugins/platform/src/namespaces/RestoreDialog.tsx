// Takes a frozen namespace back, before it is deleted.
import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef, type NamespaceRef } from '../api';
import { ConfirmDialog } from '../parts';

export interface RestoreDialogProps {
  of: NamespaceRef;
  onDone(requestId: string): void;
  onClose(): void;
}

export function RestoreDialog({ of, onDone, onClose }: RestoreDialogProps) {
  const api = useApi(platformApiRef);
  return (
    <ConfirmDialog
      title={`Restore ${of.name}?`}
      action="Restore"
      onConfirm={async () => onDone((await api.restoreNamespace(of)).requestId)}
      onClose={onClose}
    >
      What was carried out last is applied again, with the quota that it had. It is not deleted any more.
    </ConfirmDialog>
  );
}
