// The list of namespaces, and behind it each of them.
import { Route, Routes } from 'react-router-dom';
import { NamespacePage } from './NamespacePage';
import { NamespacesPage } from './NamespacesPage';

export function NamespacesRouter() {
  return (
    <Routes>
      <Route path="/" element={<NamespacesPage />} />
      <Route path="/:cluster/:name" element={<NamespacePage />} />
    </Routes>
  );
}
