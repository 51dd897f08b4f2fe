import type { ByteRange, Bytes } from './sealed-file.ts';

/** Where sealed files lie. What it holds cannot be read without the keys in the database. */
export interface MediaStore {
  /** Stores what `bytes` gives under this name, in the place of what is there: all of it, or nothing when it throws. */
  put(name: string, bytes: Bytes): Promise<void>;
  /** Throws `FileMissing`. What it gives must be read to its end or ended with `return`. */
  read(name: string, range: ByteRange): Promise<Bytes>;
  /** A no-op for what is not there. */
  delete(name: string): Promise<void>;
  /** Clears away what processes left that died while writing. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** The store has no such file. */
export class FileMissing extends Error {
  constructor() {
    super('The media store has no such file.');
    this.name = 'FileMissing';
  }
}

/** Where a store of several machines lies. */
export interface S3Address {
  /** Such as `https://s3.eu-central-1.amazonaws.com`; the bucket goes into the path. */
  endpoint: string;
  region: string;
  bucket: string;
  /** Of every name; empty, or without slashes around it. */
  prefix: string;
  accessKey: string;
  secretKey: string;
}

/** Which store: a folder as an absolute path, or a bucket. */
export type MediaStoreAddress = { folder: string } | S3Address;

/** Names are ids, with what they are of the file after a dot. They become paths: nothing else may pass. */
export function checkName(name: string): string {
  if (!/^[0-9a-f-]{36}(\.[a-z]+)?$/.test(name)) throw new Error('Not a name of the media store.');
  return name;
}
