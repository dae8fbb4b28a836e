// Shows a form once there is a policy to decide by, and says what is missing otherwise: without the core nothing can be asked for here.
import { Alert, Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { LoadingState, ProblemState } from '../parts';
import { type Policy, type PolicySource, usePolicy } from './policy';

export interface PolicyGateProps {
  children(policy: Policy, source: PolicySource): ReactNode;
  /** What frames that there is no policy, where its place has no frame of its own. */
  frame?(missing: ReactNode): ReactNode;
}

export function PolicyGate({ children, frame = missing => missing }: PolicyGateProps) {
  const { state, source } = usePolicy();
  switch (state.status) {
    case 'loading':
      return <>{frame(<LoadingState label="Loading the policy" rows={5} />)}</>;
    case 'ready':
      return <>{children(state.policy, source)}</>;
    default:
      return (
        <>
          {frame(
            state.what === 'core' ? (
              <NoCore onRetry={() => source.refresh()} />
            ) : (
              <ProblemState error={state.error} onRetry={() => source.refresh()} />
            ),
          )}
        </>
      );
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
