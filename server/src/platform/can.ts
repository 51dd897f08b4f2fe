import { Extensions } from 'type-graphql';
import type { Policy } from './permissions.ts';

/**
 * The policy of a GraphQL field, or of every field of a type that has none of its own.
 * A field with neither stops the server from starting: see `guard.ts`.
 */
export function Can(policy: Policy): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ can: policy }) as ClassDecorator & MethodDecorator & PropertyDecorator;
}
