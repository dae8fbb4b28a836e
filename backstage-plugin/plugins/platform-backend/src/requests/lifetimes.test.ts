// How long what ends stays: as the document says, and else as the core does.
import { Berth, type DocumentInput } from '@berth/core';
import { lifetimesOf } from './lifetimes';

function berthWith(change: (spec: Record<string, unknown>) => void): Berth {
  const { platform, blueprints } = new Berth().documents();
  change(platform.spec as Record<string, unknown>);
  return new Berth({ platform, blueprints: blueprints as DocumentInput[] });
}

describe('lifetimesOf', () => {
  it('is what the document says', () => {
    const berth = berthWith(spec => {
      spec.expiry = { warnDays: [14, 3], graceDays: 2 };
      spec.decommission = { graceDays: 30 };
    });
    expect(lifetimesOf(berth)).toEqual({ expiry: { warnDays: [14, 3], graceDays: 2 }, decommission: { graceDays: 30 } });
  });

  it('is what the core takes where the document says nothing, or only a part', () => {
    const silent = berthWith(spec => {
      delete spec.expiry;
      spec.decommission = {};
    });
    expect(lifetimesOf(silent)).toEqual({ expiry: { warnDays: [7, 1], graceDays: 7 }, decommission: { graceDays: 7 } });
    const partly = berthWith(spec => {
      spec.expiry = { graceDays: 0 };
    });
    expect(lifetimesOf(partly).expiry).toEqual({ warnDays: [7, 1], graceDays: 0 });
  });
});
