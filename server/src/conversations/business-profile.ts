import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { ProfileAtMeta } from '../whatsapp/profile-calls.ts';

@ObjectType({ description: 'What customers see of a number when they look it up.' })
@Can('numbers:read')
export class BusinessProfile {
  @Field(() => String, { nullable: true, description: 'The line under the name.' })
  about?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the business is.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'What it does.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to write to otherwise.' })
  email?: string | null;

  @Field(() => [String], { description: 'Up to two addresses of pages.' })
  websites!: string[];

  @Field(() => String, { nullable: true, description: "Meta's word for its line of business, such as RETAIL." })
  vertical?: string | null;

  @Field(() => String, { nullable: true, description: 'Where WhatsApp keeps its picture; the address works for a while only.' })
  pictureUrl?: string | null;
}

/** The profile as it is kept with the number. Empty texts are how Meta says that there is none. */
export function profileOf(read: ProfileAtMeta): BusinessProfile {
  const { about, address, description, email, websites, vertical, pictureUrl } = read;
  const text = (value?: string) => value || null;
  return {
    about: text(about),
    address: text(address),
    description: text(description),
    email: text(email),
    websites,
    vertical: text(vertical),
    pictureUrl: text(pictureUrl),
  };
}
