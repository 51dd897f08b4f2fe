/** How loud each of `count` equal parts of a sound is, from 0 to 1 against the loudest of them. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const length = samples.length / count;
  const loudness = Array.from({ length: count }, (_, part) => {
    const end = Math.min(samples.length, Math.floor((part + 1) * length));
    let sum = 0;
    let read = 0;
    // Every eighth sample tells as much, in an eighth of the time.
    for (let at = Math.floor(part * length); at < end; at += 8) {
      sum += (samples[at] ?? 0) ** 2;
      read += 1;
    }
    return read === 0 ? 0 : Math.sqrt(sum / read);
  });
  const loudest = Math.max(...loudness);
  return loudest === 0 ? loudness : loudness.map((value) => value / loudest);
}
