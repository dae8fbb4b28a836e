// Applies again what was approved.
import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef, type Drift, type NamespaceRef } from '../api';
import { ConfirmDialog } from '../parts';
import { DriftTable } from './DriftTable';

export interface RepairDialogProps {
  of: NamespaceRef;
  drift: readonly Drift[];
  onDone(requestId: string): void;
  onClose(): void;
}

export function RepairDialog({ of, drift, onDone, onClose }: RepairDialogProps) {
  const api = useApi(platformApiRef);
  return (
    <ConfirmDialog
      title={`Repair ${of.name}?`}
      action="Repair"
      onConfirm={async () => onDone((await api.repairNamespace(of)).requestId)}
      onClose={onClose}
    >
      <p>What was carried out last is applied again. It was approved then; only if today’s policy makes another plan of it, somebody has to look at it.</p>
      <DriftTable drift={drift} />
    </ConfirmDialog>
  );
}
