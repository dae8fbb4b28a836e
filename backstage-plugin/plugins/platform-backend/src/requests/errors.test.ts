// What is wrong, as one line for people.
import { Berth } from '@berth/core';
import { sentences, summaryOf } from './errors';

describe('a summary', () => {
  it('has each mistake with its hint, one sentence after the other', () => {
    const request = { namespaceName: 'Bad Name', team: 'payments', environment: 'production', resourceTier: 'micro' };
    expect(summaryOf(new Berth().decide(request))).toBe(
      '`Bad Name` does not match `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`; did you mean `bad-name`? ' +
        'production namespaces need at least the small tier; choose `small`, `medium` or `large`',
    );
  });

  it('ends no sentence twice, and needs none', () => {
    expect(sentences(['one', 'two.', 'three?', 'four'])).toBe('one. two. three? four');
    expect(sentences([])).toBe('');
  });
});
