import { Type } from '@mikro-orm/core';
import { Sealed } from './sealed.ts';

/** A column that holds a sealed value. It is never opened on the way in or out of the database. */
export class SealedType extends Type<Sealed | null, Buffer | null> {
  override convertToDatabaseValue(value: Sealed | null): Buffer | null {
    return value instanceof Sealed ? value.bytes : value;
  }
  override convertToJSValue(value: Buffer | null): Sealed | null {
    return Buffer.isBuffer(value) ? new Sealed(value) : value;
  }
  override compareValues(a: Buffer | null, b: Buffer | null): boolean {
    return a === b || (a !== null && b !== null && Buffer.compare(a, b) === 0);
  }
  override getColumnType(): string {
    return 'bytea';
  }
}
