import { peaksOf } from './peaks.ts';

const rate = 8_000;

/** Reads a sound and says how loud its parts are. Throws when it cannot be read or this browser does not know the format. */
export async function decodePeaks(url: string, count: number): Promise<number[]> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The sound was answered ${response.status}.`);
  const context = new OfflineAudioContext(1, rate, rate);
  const buffer = await context.decodeAudioData(await response.arrayBuffer());
  return peaksOf(buffer.getChannelData(0), count);
}
