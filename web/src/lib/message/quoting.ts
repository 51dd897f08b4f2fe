import type { Summarised } from './summary.ts';

/** A message that another one answers, as its quote shows it. */
export interface Quoting {
  quoted: Summarised;
  /** Who wrote it, and the id their colour is drawn from. */
  name: string;
  hueId: string;
}
