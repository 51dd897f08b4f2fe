import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { Template } from '../../templates/template.ts';
import { TemplateCard } from '../../templates/template-card.ts';
import { Media, mediaById } from './media.ts';

const DESCRIPTION =
  'The file kept with it, which stands above the text where no other is chosen. Null where there is none, as after reading it from Meta.';

/** The file that belongs to a template: templates know only its id. */
@Resolver(() => Template)
export class TemplateFileResolver {
  @FieldResolver(() => Media, { nullable: true, description: DESCRIPTION })
  @Can('messages:text')
  headerMedia(@Root() template: Template, @Ctx() ctx: Context): Promise<Media | null> | null {
    return template.headerMediaId === null ? null : ctx.load(mediaById, template.headerMediaId);
  }
}

/** The same of a card. */
@Resolver(() => TemplateCard)
export class CardFileResolver {
  @FieldResolver(() => Media, { nullable: true, description: DESCRIPTION })
  @Can('messages:text')
  headerMedia(@Root() card: TemplateCard, @Ctx() ctx: Context): Promise<Media | null> | null {
    return card.headerMediaId === null ? null : ctx.load(mediaById, card.headerMediaId);
  }
}
