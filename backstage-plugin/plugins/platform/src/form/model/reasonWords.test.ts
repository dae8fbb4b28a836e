// Reasons in the words of the form.
import { Berth } from '@berth/core';
import type { Blueprint } from './fields';
import { reasonWords } from './reasonWords';

const namespace = new Berth().documents().blueprints[0] as unknown as Blueprint;

describe('why a step is there', () => {
  it('is said with the titles of fields and options', () => {
    expect(reasonWords('networkPolicy is not open', namespace)).toBe('Network is not “Everybody in the cluster”');
    expect(reasonWords('features contains database-access and networkPolicy is not open', namespace)).toBe(
      'Features contains “Access to the databases” and Network is not “Everybody in the cluster”',
    );
  });

  it('leaves what has no title as it is', () => {
    expect(reasonWords('environment is production', namespace)).toBe('Environment is production');
    expect(reasonWords('constructor is open', namespace)).toBe('constructor is open');
  });
});
