/** Asks every few ms until it is so; throws after a minute. */
export async function until(isSo: () => Promise<boolean>, everyMs = 10): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It did not come about within a minute.');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
