import type { IncidentRow, RowTone } from './row.ts';

/** How a phase of the guide stands. `idle`: nothing asks for it. */
export type PhaseState = 'open' | 'done' | 'idle';

const looks: Readonly<Record<PhaseState, { readonly icon: string; readonly tone?: RowTone }>> = {
  open: { icon: 'circle-large-outline', tone: 'warning' },
  done: { icon: 'pass', tone: 'good' },
  idle: { icon: 'circle-large-outline' },
};

/** The row of a phase: a tick when what the guide asks for in it is done. Any phase can be worked on at any time. */
export function phaseRow({
  state,
  ...row
}: Omit<IncidentRow, 'icon' | 'tone'> & { readonly state: PhaseState }): IncidentRow {
  return { ...row, ...looks[state] };
}
