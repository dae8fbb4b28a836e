// The list of namespaces, behind it each of them, and behind that its change.
import { Route, Routes } from 'react-router-dom';
import { ChangePage } from './ChangePage';
import { NamespacePage } from './NamespacePage';
import { NamespacesPage } from './NamespacesPage';

export function NamespacesRouter() {
  return (
    <Routes>
      <Route path="/" element={<NamespacesPage />} />
      <Route path="/:cluster/:name" element={<NamespacePage />} />
      <Route path="/:cluster/:name/change" element={<ChangePage />} />
    </Routes>
  );
}
