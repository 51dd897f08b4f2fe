/** Waits until something is so, looking every few ms. Throws when it is not after `ms`. */
export async function until(isSo: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Still not so after ${ms} ms: ${isSo.toString()}`);
    await settle(10);
  }
}

/** Lets things go on for some ms. */
export function settle(ms = 60): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
