// The policy as people read it: what may be had, where, by whom and at what price; what `policy check` finds in it; and what came of it.
import { useMemo } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { platformApiRef } from '../api';
import { useResource } from '../live';
import { LoadingState, ProblemState, Screen } from '../parts';
import { BlueprintSection } from './BlueprintSection';
import { FiguresSections } from './FiguresSections';
import { FindingsSection } from './FindingsSection';
import { PlatformSections } from './PlatformSections';
import { readDocuments } from './readDocuments';

export function PolicyPage() {
  const api = useApi(platformApiRef);
  const documents = useResource('documents', () => api.documents());
  const { value } = documents;
  const view = useMemo(() => value && readDocuments(value), [value]);
  return (
    <Screen
      title="Policy"
      lead={
        value
          ? `By these documents every request is decided, here, in the API, on the command line and in the cluster. ${value.policyDigest.slice(0, 19)}…`
          : 'By what every request is decided.'
      }
    >
      {documents.isLoading && <LoadingState label="The policy is loading" rows={4} height={120} />}
      {documents.error !== undefined && !value && <ProblemState error={documents.error} onRetry={documents.refresh} />}
      {value && view && (
        <>
          <FiguresSections />
          <FindingsSection documents={value} />
          <PlatformSections policy={view} isCut={value.cut} />
          {view.blueprints.map(blueprint => (
            <BlueprintSection key={blueprint.name} blueprint={blueprint} currency={view.currency} />
          ))}
        </>
      )}
    </Screen>
  );
}
