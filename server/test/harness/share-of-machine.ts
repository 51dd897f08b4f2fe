/**
 * The share of a processor that this process gets just now, 1 at most. Elapsed time by this is about what an idle machine would have needed: a limit on it speaks
 * of the product, not of who else is at work. Takes 30 ms of that processor.
 */
export function shareOfMachine(): number {
  const before = performance.now();
  const begun = process.cpuUsage();
  let spent = 0;
  while (spent < 30) {
    const { user, system } = process.cpuUsage(begun);
    spent = (user + system) / 1_000;
  }
  return Math.min(1, spent / (performance.now() - before));
}
