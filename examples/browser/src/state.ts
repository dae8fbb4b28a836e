// All that the page knows, and how it travels in the address: the documents only where they differ from those that come with Berth.
import platformText from '../../../platform.yaml';
import blueprintText from '../../../blueprints/namespace.yaml';

/** What of the page is seen. */
export type View = 'form' | 'both' | 'policy';

/** The two documents, as they are written. */
export interface Documents {
  blueprint: string;
  platform: string;
}

/** What is known besides the request. Amounts are in minor units. */
export interface Known {
  namespaces: number;
  monthlyCost: number;
  nameTaken: boolean;
}

export interface State {
  documents: Documents;
  request: Record<string, unknown>;
  known: Known;
  view: View;
}

/** The documents that come with Berth, without the line that is meant for editors on a disk. */
export const STANDARD: Readonly<Documents> = {
  blueprint: blueprintText.replace(/^# yaml-language-server:.*\n/, ''),
  platform: platformText.replace(/^# yaml-language-server:.*\n/, ''),
};

/** What a first visitor sees: a request that is valid, needs an approval and costs something. */
export function initial(): State {
  return {
    documents: { ...STANDARD },
    request: {
      namespaceName: 'payments-checkout',
      team: 'payments',
      environment: 'production',
      resourceTier: 'medium',
      networkPolicy: 'team-shared',
      features: ['monitoring-enhanced', 'backup-enabled', 'external-ingress'],
      description: 'Takes orders and charges cards',
    },
    known: { namespaces: 4, monthlyCost: 182_000, nameTaken: false },
    view: 'both',
  };
}

/** Are these the documents that come with Berth? */
export function isStandard({ blueprint, platform }: Documents): boolean {
  return blueprint === STANDARD.blueprint && platform === STANDARD.platform;
}

/** The state as the part of an address behind `#`; nothing for what a first visitor sees anyway. */
export async function toHash(state: State): Promise<string> {
  if (JSON.stringify(state) === JSON.stringify(initial())) return '';
  const { documents, request, known, view } = state;
  const own = Object.entries(documents).filter(([name, text]) => text !== STANDARD[name as keyof Documents]);
  const json = JSON.stringify({ documents: Object.fromEntries(own), request, known, view });
  const packed = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return `#1.${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The state that an address holds; `undefined` when it holds none, or none that can be read. */
export async function fromHash(hash: string): Promise<State | undefined> {
  if (!hash.startsWith('#1.')) return undefined;
  try {
    const text = atob(hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, unit => unit.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return read(JSON.parse(await new Response(unpacked).text()));
  } catch {
    return undefined;
  }
}

/** An address comes from anywhere: what has not the right type is left at what a first visitor sees. */
function read(given: unknown): State {
  const state = initial();
  if (!isMap(given)) return state;
  const { documents, request, known, view } = given;
  if (isMap(documents)) {
    if (typeof documents.blueprint === 'string') state.documents.blueprint = documents.blueprint;
    if (typeof documents.platform === 'string') state.documents.platform = documents.platform;
  }
  if (isMap(request)) state.request = request;
  if (isMap(known)) {
    if (isCount(known.namespaces)) state.known.namespaces = known.namespaces;
    if (isCount(known.monthlyCost)) state.known.monthlyCost = known.monthlyCost;
    state.known.nameTaken = known.nameTaken === true;
  }
  if (view === 'form' || view === 'policy') state.view = view;
  return state;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
