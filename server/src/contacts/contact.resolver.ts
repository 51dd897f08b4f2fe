import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { connectionOf, type Page } from '../platform/pages.ts';
import { PhoneNumber } from '../platform/scalars.ts';
import { Contact } from './contact.ts';
import { ContactIdentity, IdentityKind } from './contact-identity.ts';
import { identitiesOf, maskPhone } from './identities.ts';
import { listContacts } from './list-contacts.ts';

const ContactConnection = connectionOf(Contact, 'Contact', 'contacts:read');

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => ContactConnection, {
    description: 'Customers, newest first; searched by the beginnings of names, or by a whole phone number.',
  })
  @Can('contacts:read')
  contacts(
    @Ctx() ctx: Context,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name, or a phone number.' }) search?: string,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Contact>> {
    return listContacts(ctx, { search, first, after });
  }

  @Query(() => Contact, { nullable: true, description: 'One customer; null if there is none with this id.' })
  @Can('contacts:read')
  async contact(
    @Ctx() ctx: Context,
    @Arg('id', () => ID, { description: "The contact's id." }) id: string,
  ): Promise<Contact | null> {
    return findById(await ctx.reading(), Contact, id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The name WhatsApp reported or a colleague typed.' })
  name(@Root() contact: Contact, @Ctx() ctx: Context): string | null | Promise<string> {
    return contact.sealedName && ctx.open('contact', 'name', contact.id, contact.sealedName);
  }

  @FieldResolver(() => [ContactIdentity], { description: 'How this person is known, oldest first.' })
  identities(@Root() contact: Contact, @Ctx() ctx: Context): Promise<ContactIdentity[]> {
    return ctx.load(identitiesOf, contact.id);
  }

  @FieldResolver(() => PhoneNumber, {
    nullable: true,
    description: 'The first phone; masked for those who may not see phones; null if the person hides it.',
  })
  async phone(@Root() contact: Contact, @Ctx() ctx: Context): Promise<string | null> {
    const identity = (await ctx.load(identitiesOf, contact.id)).find((known) => known.kind === IdentityKind.PHONE);
    return identity ? openIdentity(identity, ctx) : null;
  }
}

@Resolver(() => ContactIdentity)
export class ContactIdentityResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The number, id or name; phones are masked for those who may not see them.',
  })
  value(@Root() identity: ContactIdentity, @Ctx() ctx: Context): Promise<string> {
    return openIdentity(identity, ctx);
  }
}

async function openIdentity(identity: ContactIdentity, ctx: Context): Promise<string> {
  const value = await ctx.open('contact_identity', 'value', identity.id, identity.sealedValue);
  return identity.kind === IdentityKind.PHONE && !ctx.me.permissions.has('contacts:phone') ? maskPhone(value) : value;
}
