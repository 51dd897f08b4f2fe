import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload } from '../platform/user-errors.ts';
import { NumberInput, NumberPayload } from './number-payload.ts';
import { pauseNumber } from './pause-number.ts';
import { resumeNumber } from './resume-number.ts';
import { syncNumber } from './sync-number.ts';
import { updateBusinessProfile } from './update-business-profile.ts';

@InputType({ description: 'Which number shall stop sending, and why.' })
export class PauseNumberInput extends NumberInput {
  @Field(() => String, { description: 'For your colleagues: up to 200 characters.' })
  reason!: string;
}

@InputType({ description: 'Which number shall send again.' })
export class ResumeNumberInput extends NumberInput {}

@InputType({ description: 'Which number to read anew.' })
export class SyncNumberInput extends NumberInput {}

@InputType({ description: 'What shall change; what is left out stays, an empty text takes it away.' })
export class UpdateBusinessProfileInput extends NumberInput {
  @Field(() => String, { nullable: true, description: 'The line under the name: up to 139 characters, and never empty.' })
  about?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 256 characters.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 512 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 128 characters.' })
  email?: string | null;

  @Field(() => [String], { nullable: true, description: 'Up to two, with https:// before; an empty list takes them away.' })
  websites?: string[] | null;

  @Field(() => String, { nullable: true, description: "Meta's word for the line of business, such as RETAIL." })
  vertical?: string | null;

  @Field(() => ID, { nullable: true, description: 'An uploaded JPEG or PNG; it replaces the picture.' })
  pictureMediaId?: string | null;
}

@ObjectType({ description: 'The outcome of pausing a number.' })
@Can('numbers:read')
export class PauseNumberPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of resuming a number.' })
@Can('numbers:read')
export class ResumeNumberPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of reading a number anew.' })
@Can('numbers:read')
export class SyncNumberPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of changing a profile.' })
@Can('numbers:read')
export class UpdateBusinessProfilePayload extends NumberPayload {}

@Resolver()
export class ChangeNumberResolver {
  @Mutation(() => PauseNumberPayload, {
    description: 'Stops a number from sending; what is written waits, and it goes on receiving.',
  })
  @Can('numbers:manage')
  pauseNumber(@Arg('input', () => PauseNumberInput) input: PauseNumberInput, @Ctx() ctx: Context) {
    return payload(() => pauseNumber(ctx, input));
  }

  @Mutation(() => ResumeNumberPayload, { description: 'Lets a paused number send again: what waited goes out.' })
  @Can('numbers:manage')
  resumeNumber(
    @Arg('input', () => ResumeNumberInput, { description: 'Which number.' }) input: ResumeNumberInput,
    @Ctx() ctx: Context,
  ) {
    return payload(() => resumeNumber(ctx, input));
  }

  @Mutation(() => SyncNumberPayload, {
    description: 'Reads anew from WhatsApp what it says of a number, its limits and its profile.',
  })
  @Can('numbers:manage')
  syncNumber(@Arg('input', () => SyncNumberInput) input: SyncNumberInput, @Ctx() ctx: Context) {
    return payload(() => syncNumber(ctx, input));
  }

  @Mutation(() => UpdateBusinessProfilePayload, { description: 'Changes what customers see of a number.' })
  @Can('numbers:manage')
  updateBusinessProfile(@Arg('input', () => UpdateBusinessProfileInput) input: UpdateBusinessProfileInput, @Ctx() ctx: Context) {
    return payload(() => updateBusinessProfile(ctx, input));
  }
}
