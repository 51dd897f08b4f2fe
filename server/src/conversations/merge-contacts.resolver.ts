import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Contact } from '../contacts/contact.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import type { Loader } from '../platform/loading.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { ContactMerge } from './contact-merge.ts';
import { mergeContacts, undoContactMerge } from './merge-contacts.ts';

@InputType({ description: 'Two contacts that are one person.' })
export class MergeContactsInput {
  @Field(() => ID, { description: 'The contact that stays.' })
  intoContactId!: string;

  @Field(() => ID, { description: 'The contact that becomes part of it.' })
  fromContactId!: string;
}

@InputType({ description: 'Which merge.' })
export class UndoContactMergeInput {
  @Field(() => ID, { description: "The merge's id." })
  contactMergeId!: string;
}

@ObjectType()
abstract class MergePayload {
  @Field(() => ContactMerge, { nullable: true, description: 'The merge.' })
  merge?: ContactMerge;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of mergeContacts.' })
@Can('contacts:read')
export class MergeContactsPayload extends MergePayload {}

@ObjectType({ description: 'The outcome of undoContactMerge.' })
@Can('contacts:read')
export class UndoContactMergePayload extends MergePayload {}

const contactsById: Loader<string, Contact | null> = {
  name: 'contactsById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(Contact, { id: { $in: [...ids] } });
    const byId = new Map(found.map((contact) => [contact.id, contact]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};

/** What was joined into a contact and is joined still, newest first. */
const mergesInto: Loader<string, ContactMerge[]> = {
  name: 'mergesInto',
  load: async (ctx, ids) => {
    const found = await (
      await ctx.reading()
    ).find(ContactMerge, { intoId: { $in: [...ids] }, undoneAt: null }, { orderBy: { id: 'desc' } });
    const byContact = Map.groupBy(found, (merge) => merge.intoId);
    return ids.map((id) => byContact.get(id) ?? []);
  },
};

@Resolver(() => ContactMerge)
export class MergeContactsResolver {
  @Mutation(() => MergeContactsPayload, { description: 'Joins two contacts that are one person. It can be undone.' })
  @Can('contacts:manage')
  mergeContacts(@Arg('input', () => MergeContactsInput) input: MergeContactsInput, @Ctx() ctx: Context) {
    return payload(() => mergeContacts(ctx, input));
  }

  @Mutation(() => UndoContactMergePayload, { description: 'Parts two contacts that were joined: each gets back what it had.' })
  @Can('contacts:manage')
  undoContactMerge(@Arg('input', () => UndoContactMergeInput) input: UndoContactMergeInput, @Ctx() ctx: Context) {
    return payload(() => undoContactMerge(ctx, input));
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'The contact that stayed.' })
  into(@Root() merge: ContactMerge, @Ctx() ctx: Context): Promise<Contact | null> {
    return ctx.load(contactsById, merge.intoId);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'The contact that became part of it.' })
  from(@Root() merge: ContactMerge, @Ctx() ctx: Context): Promise<Contact | null> {
    return ctx.load(contactsById, merge.fromId);
  }
}

@Resolver(() => Contact)
export class ContactMergesResolver {
  @FieldResolver(() => Contact, { nullable: true, description: 'The contact that this one became part of.' })
  @Can('contacts:read')
  mergedInto(@Root() contact: Contact, @Ctx() ctx: Context): Promise<Contact | null> | null {
    return contact.mergedIntoId === null ? null : ctx.load(contactsById, contact.mergedIntoId);
  }

  @FieldResolver(() => [ContactMerge], { description: 'Contacts that became part of this one, newest first.' })
  @Can('contacts:read')
  merges(@Root() contact: Contact, @Ctx() ctx: Context): Promise<ContactMerge[]> {
    return ctx.load(mergesInto, contact.id);
  }
}
