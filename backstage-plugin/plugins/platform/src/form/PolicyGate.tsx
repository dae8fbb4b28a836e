// Shows a form once there is a policy to decide by, and says what is missing otherwise: without the core nothing can be asked for here.
import { Alert, Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { LoadingState, ProblemState } from '../parts';
import { type Policy, type PolicySource, usePolicy } from './policy';

export function PolicyGate({ children }: { children(policy: Policy, source: PolicySource): ReactNode }) {
  const { state, source } = usePolicy();
  switch (state.status) {
    case 'loading':
      return <LoadingState label="Loading the policy" rows={5} />;
    case 'ready':
      return <>{children(state.policy, source)}</>;
    default:
      return state.what === 'core' ? <NoCore onRetry={() => source.refresh()} /> : <ProblemState error={state.error} onRetry={() => source.refresh()} />;
  }
}

function NoCore({ onRetry }: { onRetry(): void }) {
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title="This form can’t decide"
        description="The part that judges requests (WebAssembly) did not load, so nothing can be sent from here. Reload the page; if it stays so, your browser or a proxy may be blocking WebAssembly."
        customActions={
          <Button size="small" variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
