// The list of namespaces, behind it each of them and behind that its change; and adopting one that was made without Berth.
import { Route, Routes } from 'react-router-dom';
import { AdoptPage } from './AdoptPage';
import { ChangePage } from './ChangePage';
import { NamespacePage } from './NamespacePage';
import { NamespacesPage } from './NamespacesPage';

export function NamespacesRouter() {
  return (
    <Routes>
      <Route path="/" element={<NamespacesPage />} />
      <Route path="/adopt" element={<AdoptPage />} />
      <Route path="/:cluster/:name" element={<NamespacePage />} />
      <Route path="/:cluster/:name/change" element={<ChangePage />} />
    </Routes>
  );
}
