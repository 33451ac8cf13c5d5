import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../src/core/cancellation.ts';
import type { Cancellation } from '../../src/core/ports.ts';

interface Source {
  readonly signal: Cancellation;
  abort(): void;
}

const sources: readonly [string, () => Source][] = [
  ['a cancellation', createCancellation],
  // Whatever holds for ours holds for the platform's, or the two could not stand in for each other.
  ['an AbortController', () => new AbortController()],
];

describe.each(sources)('%s', (_name, create) => {
  it('tells its listeners once and in order, and is aborted by then', () => {
    const source = create();
    const heard: string[] = [];
    const note = (name: string) => () => heard.push(`${name} ${source.signal.aborted}`);
    source.signal.addEventListener('abort', note('a'));
    source.signal.addEventListener('abort', note('b'), { once: true });
    expect(source.signal.aborted).toBe(false);
    source.abort();
    source.abort();
    expect(heard).toEqual(['a true', 'b true']);
  });

  it('counts a listener that was added twice as one', () => {
    const source = create();
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    source.signal.addEventListener('abort', listener);
    source.signal.addEventListener('abort', listener, { once: true });
    source.abort();
    expect(calls).toBe(1);
  });

  it('does not call a listener that was removed, be it by the one before it', () => {
    const { signal, abort } = bound(create());
    const heard: string[] = [];
    const early = () => heard.push('early');
    const late = () => heard.push('late');
    signal.addEventListener('abort', early);
    signal.addEventListener('abort', () => {
      heard.push('remover');
      signal.removeEventListener('abort', late);
    });
    signal.addEventListener('abort', late);
    signal.addEventListener('abort', () => heard.push('last'));
    signal.removeEventListener('abort', early);
    abort();
    expect(heard).toEqual(['remover', 'last']);
  });

  it('does not call a listener that comes during the abort or after it', () => {
    const { signal, abort } = bound(create());
    const heard: string[] = [];
    signal.addEventListener('abort', () => signal.addEventListener('abort', () => heard.push('during')));
    abort();
    signal.addEventListener('abort', () => heard.push('after'));
    abort();
    expect(heard).toEqual([]);
  });

  it('calls no listener again that aborts once more', () => {
    const { signal, abort } = bound(create());
    let calls = 0;
    signal.addEventListener('abort', () => {
      calls += 1;
      abort();
    });
    abort();
    expect(calls).toBe(1);
  });
});

function bound(source: Source) {
  return { signal: source.signal, abort: () => source.abort() };
}
