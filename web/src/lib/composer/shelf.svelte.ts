import { SvelteMap } from 'svelte/reactivity';
import { judge, type Judgement } from './media-limits.ts';
import { Upload } from './upload.svelte.ts';

/** A file that WhatsApp would not take, and why. */
export interface RefusedFile {
  name: string;
  judgement: Judgement & { fault: string };
}

/** WhatsApp shows up to so many files of one sending side by side; more than this at once is a mistake of the hand. */
export const filesAtOnce = 10;

/** Files that were chosen and not sent yet, per conversation: leaving one and coming back finds them. They upload meanwhile. */
export class Shelf {
  readonly #files = new SvelteMap<string, readonly Upload[]>();

  of(conversationId: string): readonly Upload[] {
    return this.#files.get(conversationId) ?? [];
  }

  /** Takes files that WhatsApp takes; gives back the others. */
  put(conversationId: string, files: readonly File[]): RefusedFile[] {
    const refused: RefusedFile[] = [];
    const taken: Upload[] = [];
    for (const file of files.slice(0, filesAtOnce - this.of(conversationId).length)) {
      const judgement = judge(file);
      if (judgement.fault !== null) refused.push({ name: file.name, judgement });
      else taken.push(new Upload(file, { mediaKind: judgement.kind, type: judgement.type }));
    }
    if (taken.length > 0) this.#files.set(conversationId, [...this.of(conversationId), ...taken]);
    return refused;
  }

  remove(conversationId: string, upload: Upload): void {
    upload.drop();
    this.#keep(conversationId, (one) => one !== upload);
  }

  /** Hands all of them over to whoever sends them. */
  take(conversationId: string): readonly Upload[] {
    const files = this.of(conversationId);
    this.#files.delete(conversationId);
    return files;
  }

  #keep(conversationId: string, passes: (upload: Upload) => boolean): void {
    const kept = this.of(conversationId).filter(passes);
    if (kept.length > 0) this.#files.set(conversationId, kept);
    else this.#files.delete(conversationId);
  }
}
