// Lets a namespace live longer. How long is possible, the policy says; a choice beyond it is refused with the reason.
import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup } from '@backstage/ui';
import { platformApiRef, type NamespaceRef } from '../api';
import { ConfirmDialog, When } from '../parts';

const DAY = 86_400_000;
const CHOICES = [7, 30, 90];

export interface ExtendDialogProps {
  of: NamespaceRef;
  expiresAt?: string;
  onDone(requestId: string): void;
  onClose(): void;
}

export function ExtendDialog({ of, expiresAt, onDone, onClose }: ExtendDialogProps) {
  const api = useApi(platformApiRef);
  const [days, setDays] = useState('30');
  // Who extends what has expired means from now on.
  const from = Math.max(Date.now(), expiresAt ? Date.parse(expiresAt) : 0);
  return (
    <ConfirmDialog
      title={`Extend ${of.name}`}
      action="Extend"
      onConfirm={async () => {
        const until = new Date(from + Number(days) * DAY).toISOString().replace(/\.\d{3}Z$/, 'Z');
        onDone((await api.extendNamespace(of, until)).requestId);
      }}
      onClose={onClose}
    >
      {expiresAt && (
        <p>
          It expires <When at={expiresAt} />. It stays as it is and costs the same.
        </p>
      )}
      <RadioGroup label="Longer by" value={days} onChange={setDays} orientation="horizontal">
        {CHOICES.map(choice => (
          <Radio key={choice} value={String(choice)}>
            {choice} days
          </Radio>
        ))}
      </RadioGroup>
    </ConfirmDialog>
  );
}
