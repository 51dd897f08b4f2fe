import type { PickedTemplateFragment } from '#lib/gql/graphql.ts';
import type { Upload } from '../upload.svelte.ts';

export type HeaderFileKind = 'IMAGE' | 'VIDEO' | 'DOCUMENT';

type Kept = PickedTemplateFragment['headerMedia'];

/** The place of a file above a text: it takes one that is chosen, or the one that the template brings along. */
export class FileSlot {
  readonly kind: HeaderFileKind;
  /** It is sent where no other is chosen. */
  readonly kept: NonNullable<Kept> | null;
  file: Upload | null = $state.raw(null);

  constructor(kind: HeaderFileKind, kept: Kept) {
    this.kind = kind;
    this.kept = kept?.status === 'STORED' ? kept : null;
  }

  /** What keeps it from being sent. */
  readonly obstacle = $derived.by((): 'file' | 'uploading' | null => {
    if (this.file ? this.file.state === 'failed' : !this.kept) return 'file';
    return this.file?.state === 'uploading' ? 'uploading' : null;
  });

  /** What can be shown of it. */
  readonly picture = $derived.by(() => {
    if (this.kind !== 'IMAGE') return null;
    return this.file ? this.file.previewUrl : (this.kept?.thumbnailUrl ?? this.kept?.url ?? null);
  });

  readonly fileName = $derived.by(() => this.file?.facts.name ?? this.kept?.fileName ?? null);

  /** Takes another file, and lets go of the one before. */
  choose(file: Upload | null): void {
    this.file?.drop();
    this.file = file;
  }
}

/** The slot of a header of this kind; null for what takes no file. */
export function slotFor(kind: string | null | undefined, kept: Kept): FileSlot | null {
  return kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT' ? new FileSlot(kind, kept) : null;
}
