import type { Sharp, SharpOptions } from 'sharp';
import { bareType } from '../../whatsapp/media-limits.ts';

export interface Picture {
  /** Pixels, as it is to be held. */
  width: number;
  height: number;
  isAnimated: boolean;
  /** WebP, 320 pixels along its longer side at most. */
  thumbnail: Buffer;
}

const SIDE = 320;
/** A small file can unfold into a picture that fills the memory. */
const LIMITS: SharpOptions = { limitInputPixels: 50_000_000, failOn: 'error' };
const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];

/** Whether `pictureOf` reads files of this type. */
export function isPicture(type: string): boolean {
  return PICTURES.includes(bareType(type));
}

/** Looks at a picture; null for one that cannot be read. What a camera wrote into it does not go into the thumbnail. */
export async function pictureOf(file: Buffer): Promise<Picture | null> {
  const open = await load();
  try {
    const image = open(file, LIMITS);
    const { autoOrient, pages = 1 } = await image.metadata();
    const thumbnail = await image
      .autoOrient()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer();
    return { width: autoOrient.width, height: autoOrient.height, isAnimated: pages > 1, thumbnail };
  } catch {
    return null;
  }
}

let loaded: Promise<(file: Buffer, options: SharpOptions) => Sharp> | undefined;

/** Most processes never see a picture. Of the formats the library reads, only those that WhatsApp has are let in. */
function load(): Promise<(file: Buffer, options: SharpOptions) => Sharp> {
  return (loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
    return sharp;
  }));
}
