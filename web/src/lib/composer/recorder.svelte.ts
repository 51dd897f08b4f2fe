import { readWebm } from './read-webm.ts';
import type { RecordingType } from './recording-type.ts';
import { writeOgg } from './write-ogg.ts';

/** A voice message in Ogg stays far below 16 MB at this length. */
export const longest = 15 * 60_000;
const barsKept = 48;
const barEvery = 90;

export interface Recording {
  file: File;
  durationMs: number;
}

/** A voice message being recorded: how long it is by now, and how loud. */
export class Recorder {
  state: 'asking' | 'recording' | 'denied' | 'failed' | 'ended' = $state('asking');
  /** How long it is, in ms. */
  length = $state(0);
  /** The loudness of the last moments, from 0 to 1, the newest last. */
  bars: readonly number[] = $state.raw([]);
  readonly #type: RecordingType;
  #media: MediaRecorder | null = null;
  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #chunks: Blob[] = [];
  /** The loudness from the beginning. */
  readonly #all: number[] = [];

  constructor(type: RecordingType) {
    this.#type = type;
  }

  async start(): Promise<void> {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
    } catch (fault) {
      this.state = fault instanceof DOMException && fault.name === 'NotAllowedError' ? 'denied' : 'failed';
      return;
    }
    // It was thrown away while the browser still asked.
    if (this.state === 'ended') return this.#release();
    this.#media = new MediaRecorder(this.#stream, { mimeType: this.#type, audioBitsPerSecond: 32_000 });
    this.#media.ondataavailable = ({ data }) => this.#chunks.push(data);
    this.#media.start(1_000);
    this.state = 'recording';
    this.#listen(this.#stream);
  }

  /** The whole wave in so many parts, each as high as its loudest moment. */
  peaks(count: number): number[] {
    const all = this.#all;
    const parts = Array.from({ length: count }, (_, part) => {
      const [from, to] = [Math.floor((part * all.length) / count), Math.ceil(((part + 1) * all.length) / count)];
      return Math.max(0, ...all.slice(from, to));
    });
    const loudest = Math.max(...parts) || 1;
    return parts.map((value) => value / loudest);
  }

  /** Ends the recording and gives it as WhatsApp takes it; null when nothing came of it. */
  async end(): Promise<Recording | null> {
    const media = this.#media;
    this.state = 'ended';
    if (!media || media.state === 'inactive') {
      this.#release();
      return null;
    }
    await new Promise<void>((resolve) => {
      media.onstop = () => resolve();
      media.stop();
    });
    this.#release();
    const recorded = new Blob(this.#chunks, { type: this.#type });
    if (recorded.size === 0) return null;
    try {
      return await this.#inOgg(recorded);
    } catch {
      this.state = 'failed';
      return null;
    }
  }

  /** Lets go of the microphone without a result. */
  discard(): void {
    if (this.#media && this.#media.state !== 'inactive') this.#media.stop();
    this.state = 'ended';
    this.#release();
  }

  async #inOgg(recorded: Blob): Promise<Recording> {
    const name = 'voice.ogg';
    const type = 'audio/ogg; codecs=opus';
    if (this.#type.startsWith('audio/ogg')) return { file: new File([recorded], name, { type }), durationMs: this.length };
    const { file, ms } = writeOgg(readWebm(new Uint8Array(await recorded.arrayBuffer())));
    return { file: new File([file], name, { type }), durationMs: ms };
  }

  #listen(stream: MediaStream): void {
    const startedAt = performance.now();
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 1_024;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      this.length = performance.now() - startedAt;
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      const bar = Math.min(1, loudness * 4);
      this.#all.push(bar);
      this.bars = [...this.bars, bar].slice(-barsKept);
    }, barEvery);
  }

  #release(): void {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    void this.#context?.close().catch(() => null);
    this.#stream = null;
    this.#context = null;
  }
}
