import type { MediaKind } from '#lib/gql/graphql.ts';
import type { OutboxFile } from '#lib/inbox/outbox-content.ts';
import { postFile, PostFault } from './post-file.ts';

export interface UploadChoice {
  mediaKind: MediaKind;
  type: string;
  isVoice?: boolean;
  durationMs?: number;
}

/** One file on its way to the server: it starts at once, shows itself meanwhile, and can be stopped and tried again. */
export class Upload {
  readonly key = crypto.randomUUID();
  readonly file: File;
  facts: OutboxFile = $state.raw() as OutboxFile;
  /** From 0 to 1. */
  progress = $state(0);
  state: 'uploading' | 'ready' | 'failed' = $state('uploading');
  /** Why it failed. */
  code: string | null = $state(null);
  mediaId: string | null = null;
  /** Shows the file out of this browser; null for what it does not show. */
  readonly previewUrl: string | null;
  #abort = new AbortController();
  #done: Promise<void>;

  constructor(file: File, { mediaKind, type, isVoice = false, durationMs }: UploadChoice) {
    this.file = file;
    this.facts = {
      mediaKind,
      name: file.name,
      size: file.size,
      mimeType: type,
      isVoice,
      durationMs: durationMs ?? null,
      width: null,
      height: null,
    };
    this.previewUrl = mediaKind === 'DOCUMENT' ? null : URL.createObjectURL(file);
    if (mediaKind === 'IMAGE' || mediaKind === 'STICKER') void this.#measure();
    this.#done = this.#post();
  }

  /** Resolves once the file is uploaded, or could not be. */
  get done(): Promise<void> {
    return this.#done;
  }

  retry(): void {
    if (this.state !== 'failed') return;
    this.#abort = new AbortController();
    this.#done = this.#post();
  }

  /** Stops it and lets go of what the browser keeps for it. */
  drop(): void {
    this.#abort.abort();
    // The picture may still be on the screen while the server's own is fetched.
    if (this.previewUrl) setTimeout(() => URL.revokeObjectURL(this.previewUrl ?? ''), 20_000);
  }

  async #post(): Promise<void> {
    this.state = 'uploading';
    this.code = null;
    this.progress = 0;
    try {
      const { signal } = this.#abort;
      const onprogress = (part: number) => (this.progress = part);
      const { mediaKind: kind, isVoice, mimeType } = this.facts;
      const { mediaId } = await postFile(this.file, mimeType, { kind, isVoice, signal, onprogress });
      this.mediaId = mediaId;
      this.progress = 1;
      this.state = 'ready';
    } catch (fault) {
      this.code = fault instanceof PostFault ? fault.code : 'unreachable';
      this.state = 'failed';
    }
  }

  async #measure(): Promise<void> {
    const picture = new Image();
    picture.src = this.previewUrl ?? '';
    await picture.decode().catch(() => null);
    if (picture.naturalWidth > 0) this.facts = { ...this.facts, width: picture.naturalWidth, height: picture.naturalHeight };
  }
}
