// What waits for my yes.
import { LoadingState, EmptyState, ProblemState, Screen } from '../parts';
import { RequestFilters } from '../requests/RequestFilters';
import { RequestRows } from '../requests/RequestRows';
import { useEnvironments } from '../requests/RequestsPage';
import { useFilters } from '../requests/useFilters';
import { useRequestList } from '../requests/useRequestList';

export function ApprovalsPage() {
  const [{ environment, name }, change] = useFilters();
  const list = useRequestList({ view: 'approvals', ...(environment && { environment }), ...(name && { name }) });
  const environments = useEnvironments();
  return (
    <Screen title="To approve" lead="Requests that wait for your answer, the newest first. Open one to read its plan.">
      <RequestFilters filters={{ environment, name }} onChange={change} environments={environments} isBrief />
      {list.isLoading && <LoadingState label="Requests are loading" />}
      {list.items.length > 0 && <RequestRows {...list} label="Requests to approve" />}
      {list.error !== undefined && list.items.length === 0 && <ProblemState error={list.error} onRetry={list.reload} />}
      {!list.isLoading && list.error === undefined && list.items.length === 0 && (
        <EmptyState title="Nothing waits for you">
          When somebody asks for something that needs your approval, it stands here, and you get a notification. Your own requests are
          approved by others.
        </EmptyState>
      )}
    </Screen>
  );
}
