// The list of requests, and behind it each of them.
import { Route, Routes } from 'react-router-dom';
import { RequestPage } from './RequestPage';
import { RequestsPage } from './RequestsPage';

export function RequestsRouter() {
  return (
    <Routes>
      <Route path="/" element={<RequestsPage />} />
      <Route path="/:requestId" element={<RequestPage />} />
    </Routes>
  );
}
