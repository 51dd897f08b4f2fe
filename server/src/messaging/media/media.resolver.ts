import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { payload, UserError } from '../../platform/user-errors.ts';
import { wordsOf } from './media-fault.ts';
import { mediaUrl } from './media-ticket.ts';
import { Media, MediaStatus } from './media.ts';
import { retryMedia } from './retry-media.ts';

@InputType({ description: 'Which file shall be fetched again.' })
export class RetryMediaInput {
  @Field(() => ID, { description: "The file's id." })
  mediaId!: string;
}

@ObjectType({ description: 'The outcome of asking for a file again.' })
@Can('messages:text')
export class RetryMediaPayload {
  @Field(() => Media, { nullable: true, description: 'As it is now: being fetched.' })
  media?: Media;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver(() => Media)
export class MediaResolver {
  @Query(() => Media, { nullable: true, description: 'One file; null if there is none with this id.' })
  @Can('messages:text')
  async media(@Ctx() ctx: Context, @Arg('id', () => ID, { description: "The file's id." }) id: string): Promise<Media | null> {
    return findById(await ctx.reading(), Media, id);
  }

  @Mutation(() => RetryMediaPayload, { description: 'Fetches a received file again that could not be fetched.' })
  @Can('inbox:reply')
  retryMedia(
    @Arg('input', () => RetryMediaInput, { description: 'Which file.' }) input: RetryMediaInput,
    @Ctx() ctx: Context,
  ): Promise<RetryMediaPayload> {
    return payload(() => retryMedia(ctx, input));
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Bytes, once it is here.' })
  size(@Root() media: Media): number | null {
    return media.size === null ? null : Number(media.size);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What its sender called it.' })
  fileName(@Root() media: Media, @Ctx() ctx: Context): string | null | Promise<string> {
    return media.sealedFileName && ctx.open('media', 'file_name', media.id, media.sealedFileName);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it is not here, or not yet, in words.' })
  fault(@Root() media: Media): string | null {
    return media.faultCode && wordsOf(media.faultCode);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to read it, on this server and without a credential, for an hour at least. It takes range requests. Null until it is here.',
  })
  url(@Root() media: Media, @Ctx() ctx: Context): string | null | Promise<string> {
    return media.status === MediaStatus.STORED ? mediaUrl(ctx.services, media.tenantId, media.id, 'file') : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where to read a small picture of it (WebP, up to 320 pixels), as `url`; null where there is none.',
  })
  thumbnailUrl(@Root() media: Media, @Ctx() ctx: Context): string | null | Promise<string> {
    const isThere = media.status === MediaStatus.STORED && media.thumbnailSize !== null;
    return isThere ? mediaUrl(ctx.services, media.tenantId, media.id, 'thumbnail') : null;
  }
}
