import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { Loader } from '../../platform/loading.ts';
import { DateTime } from '../../platform/scalars.ts';
import type { Sealed } from '../../platform/sealed.ts';
import { SealedType } from '../../platform/sealed-type.ts';
import { TenantEntity } from '../../platform/tenant-entity.ts';
import { MediaFault } from './media-fault.ts';

export enum MediaKind {
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  AUDIO = 'AUDIO',
  DOCUMENT = 'DOCUMENT',
  STICKER = 'STICKER',
}
registerEnumType(MediaKind, {
  name: 'MediaKind',
  description: 'What a file is in WhatsApp.',
  valuesConfig: {
    IMAGE: { description: 'JPEG or PNG, up to 5 MB.' },
    VIDEO: { description: 'MP4 or 3GPP, up to 16 MB.' },
    AUDIO: { description: 'AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB.' },
    DOCUMENT: { description: 'Any office document, PDF or text, up to 100 MB.' },
    STICKER: { description: 'WebP, up to 100 KB, or 500 KB when it moves.' },
  },
});

export enum MediaStatus {
  FETCHING = 'FETCHING',
  STORED = 'STORED',
  FAILED = 'FAILED',
  GONE = 'GONE',
}
registerEnumType(MediaStatus, {
  name: 'MediaStatus',
  description: 'Whether a file can be opened.',
  valuesConfig: {
    FETCHING: { description: 'It is being fetched from WhatsApp.' },
    STORED: { description: 'It is here.' },
    FAILED: { description: 'It could not be fetched; somebody may try again.' },
    GONE: { description: 'WhatsApp no longer has it, or it was deleted.' },
  },
});

export enum MediaOrigin {
  RECEIVED = 'RECEIVED',
  UPLOADED = 'UPLOADED',
}

@Entity()
@ObjectType({ description: 'A file that was received, or uploaded to be sent.' })
@Can('messages:text')
export class Media extends TenantEntity {
  @Property({ type: 'uuid', nullable: true })
  contactId: string | null = null;

  @Field(() => MediaKind, { nullable: true, description: 'What it is.' })
  @Enum(() => MediaKind)
  kind!: MediaKind;

  @Enum(() => MediaOrigin)
  origin!: MediaOrigin;

  @Field(() => MediaStatus, { nullable: true, description: 'Whether it can be opened.' })
  @Enum(() => MediaStatus)
  status!: MediaStatus;

  @Field(() => String, { nullable: true, description: 'Its type, by its content once it is here.' })
  @Property({ type: 'text' })
  mimeType!: string;

  /** Bytes. */
  @Property({ type: 'bigint', nullable: true })
  size: string | null = null;

  @Property({ type: SealedType, nullable: true, fieldName: 'file_name' })
  sealedFileName: Sealed | null = null;

  /** The file's own 32-byte key, sealed under its contact's key, or the tenant's while it belongs to nobody. */
  @Property({ type: SealedType, nullable: true })
  fileKey: Sealed | null = null;

  /** Its name in the media store. */
  @Property({ type: 'uuid', nullable: true })
  storeKey: string | null = null;

  @Property({ type: 'integer', nullable: true })
  thumbnailSize: number | null = null;

  @Field(() => Int, { nullable: true, description: 'Pixels; null where it has none or none are known.' })
  @Property({ type: 'integer', nullable: true })
  width: number | null = null;

  @Field(() => Int, { nullable: true, description: 'Pixels; null where it has none or none are known.' })
  @Property({ type: 'integer', nullable: true })
  height: number | null = null;

  @Field(() => Int, { nullable: true, description: 'How long it plays, in ms, where that is known.' })
  @Property({ type: 'integer', nullable: true })
  durationMs: number | null = null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is a voice message.' })
  @Property({ type: 'boolean' })
  isVoice: Opt<boolean> = false;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is a sticker that moves.' })
  @Property({ type: 'boolean' })
  isAnimated: Opt<boolean> = false;

  @Property({ type: 'uuid', nullable: true })
  numberId: string | null = null;

  /** Meta's id of a received file. */
  @Property({ type: 'text', nullable: true })
  metaId: string | null = null;

  @Property({ type: 'smallint' })
  tries: Opt<number> = 0;

  @Field(() => MediaFault, { nullable: true, description: 'Why it is not here, or not yet.' })
  @Enum({ items: () => MediaFault, nullable: true, fieldName: 'fault' })
  faultCode: MediaFault | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When we first heard of it.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}

/** Files by id; null for those that are gone. */
export const mediaById: Loader<string, Media | null> = {
  name: 'mediaById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(Media, { id: { $in: [...ids] } });
    const byId = new Map(found.map((media) => [media.id, media]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};
