// A sentence of the core: what the user wrote, and what they may write, stands in backticks.
import { Fragment } from 'react';
import { sentence } from '../api';

export function Words({ of }: { of: string }) {
  const parts = sentence(of).split(/`([^`]*)`/);
  return (
    <>
      {parts.map((part, at) => (
        <Fragment key={at}>{at % 2 === 1 ? <code>{part}</code> : part}</Fragment>
      ))}
    </>
  );
}
