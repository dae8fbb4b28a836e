// Parameters in the words of the form.
import { Berth } from '@berth/core';
import type { Blueprint } from './fields';
import { pointerWords, titleOf, valueWords } from './words';

const namespace = new Berth().documents().blueprints[0] as unknown as Blueprint;

describe('a parameter', () => {
  it('is called as in the form, and so is what was chosen', () => {
    expect(titleOf('resourceTier', namespace)).toBe('Size');
    expect(valueWords('resourceTier', 'medium', namespace)).toBe('Medium');
    expect(valueWords('features', ['monitoring-enhanced', 'backup-enabled'], namespace)).toBe('Monitors and alerts, Nightly backup');
    expect(valueWords('expiresAt', '2027-03-01T12:00:00Z', namespace)).toMatch(/^Mar 1, 2027/);
  });

  it('has its name where nobody knows a title', () => {
    expect(titleOf('resourceTier')).toBe('Resource tier');
    expect(valueWords('resourceTier', 'medium')).toBe('medium');
    expect(titleOf('constructor', namespace)).toBe('Constructor');
    expect(valueWords('resourceTier', 'toString', namespace)).toBe('toString');
    expect(valueWords('features', [], namespace)).toBe('none');
  });
});

it('shows a pointer as people write it', () => {
  expect(pointerWords('/metadata/labels/berth.dev~1team')).toBe('/metadata/labels/berth.dev/team');
});
