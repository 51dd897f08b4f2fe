import path from 'node:path';
import type { S3Address } from './media-store.ts';

/** What `MEDIA_STORE` says; a bucket's keys are settings of their own. */
export type MediaStoreSetting = { folder: string } | Omit<S3Address, 'accessKey' | 'secretKey'>;

/** Reads `/a/folder` or `s3://bucket/prefix?endpoint=https://…&region=…`. Throws the reason when it is neither. */
export function readMediaStore(text: string): MediaStoreSetting {
  if (path.isAbsolute(text)) return { folder: text };
  if (!URL.canParse(text) || !text.startsWith('s3://')) throw new Error('it begins neither with / nor with s3://');
  const url = new URL(text);
  if (url.username || url.password) throw new Error('keys belong into MEDIA_ACCESS_KEY and MEDIA_SECRET_KEY');
  const bucket = url.host;
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/g, '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new Error('the name of the bucket is wrong');
  if (!/^[\w./-]*$/.test(prefix)) throw new Error('a prefix holds letters, digits and . _ - / only');
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  const unknown = [...url.searchParams.keys()].find((key) => key !== 'region' && key !== 'endpoint');
  if (unknown) throw new Error(`it knows endpoint and region, not ${unknown}`);
  if (!/^[a-z0-9-]+$/.test(region)) throw new Error('the region is wrong');
  if (!/^https?:\/\/[^/?#@]+\/?$/.test(endpoint)) throw new Error('the endpoint must be an http or https address without a path');
  return { bucket, prefix, region, endpoint: endpoint.replace(/\/$/, '') };
}
