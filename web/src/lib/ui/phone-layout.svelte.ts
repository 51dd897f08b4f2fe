import { MediaQuery } from 'svelte/reactivity';

/** Whether the screen takes one pane at a time. */
export const phone = new MediaQuery('width < 760px');

/** Whether there is room for the contact panel beside the thread. */
export const wide = new MediaQuery('width >= 1180px');
