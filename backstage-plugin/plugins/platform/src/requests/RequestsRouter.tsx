// The list of requests, and behind it each of them.
import { Route, Routes } from 'react-router-dom';
import { RequestPage } from './RequestPage';
import { RequestsPage } from './RequestsPage';
import { RevisePage } from './RevisePage';

export function RequestsRouter() {
  return (
    <Routes>
      <Route path="/" element={<RequestsPage />} />
      <Route path="/:requestId" element={<RequestPage />} />
      <Route path="/:requestId/change" element={<RevisePage />} />
    </Routes>
  );
}
