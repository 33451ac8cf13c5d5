/** What the two halves of the activation bench say to each other, through the console of the extension host. */
export const marksLine = 'marks ';
export const readyLine = 'ready';

/** Size of the account whose first rows are timed. */
export const subaccounts = 1000;

/** Milliseconds, from VS Code's own marks. */
export interface Marks {
  readonly loadMs: number;
  readonly activateMs: number;
}
