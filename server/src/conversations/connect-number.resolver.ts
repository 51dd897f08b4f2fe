import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload } from '../platform/user-errors.ts';
import { connectNumber } from './connect-number.ts';
import { disconnectNumber } from './disconnect-number.ts';
import { NumberInput, NumberPayload } from './number-payload.ts';
import { registerNumber } from './register-number.ts';
import { replaceNumberToken } from './replace-number-token.ts';

@InputType({ description: "The company's own app at Meta. Its webhooks come to the number's `webhookUrl`." })
export class OwnAppInput {
  @Field(() => String, { description: "Meta's id of the app." })
  appId!: string;

  @Field(() => String, { description: "The app's secret, which signs its webhooks." })
  appSecret!: string;

  @Field(() => String, { description: 'A word of your choice, the same as you give to Meta: 8 to 200 characters.' })
  verifyToken!: string;
}

@InputType({ description: 'A number, and what shows that it is yours.' })
export class ConnectNumberInput {
  @Field(() => String, { description: 'A token of a system user that may manage the account and send its messages.' })
  accessToken!: string;

  @Field(() => String, { description: "Meta's id of the number." })
  phoneNumberId!: string;

  @Field(() => String, { description: "Meta's id of the WhatsApp Business Account." })
  wabaId!: string;

  @Field(() => OwnAppInput, { nullable: true, description: "Your own app; without it, the platform's is used." })
  app?: OwnAppInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For a number that is not registered yet (PIN_NEEDED says so): the six digits of its two-step verification, or those that shall be.',
  })
  pin?: string | null;
}

@InputType({ description: 'A number and the PIN to register it with.' })
export class RegisterNumberInput extends NumberInput {
  @Field(() => String, { description: 'The six digits of its two-step verification, or those that shall be. Kept nowhere.' })
  pin!: string;
}

@InputType({ description: 'A number and its new token.' })
export class ReplaceNumberTokenInput extends NumberInput {
  @Field(() => String, { description: 'A token of a system user that may manage the account and send its messages.' })
  accessToken!: string;
}

@InputType({ description: 'Which number shall be used here no longer.' })
export class DisconnectNumberInput extends NumberInput {}

@ObjectType({ description: 'The outcome of connectNumber.' })
@Can('numbers:read')
export class ConnectNumberPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of registerNumber.' })
@Can('numbers:read')
export class RegisterNumberPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of replaceNumberToken.' })
@Can('numbers:read')
export class ReplaceNumberTokenPayload extends NumberPayload {}

@ObjectType({ description: 'The outcome of disconnectNumber.' })
@Can('numbers:read')
export class DisconnectNumberPayload extends NumberPayload {}

@Resolver()
export class ConnectNumberResolver {
  @Mutation(() => ConnectNumberPayload, {
    description: 'Connects a WhatsApp number after asking Meta about it; one that was disconnected comes back.',
  })
  @Can('numbers:manage')
  connectNumber(@Arg('input', () => ConnectNumberInput) input: ConnectNumberInput, @Ctx() ctx: Context) {
    return payload(() => connectNumber(ctx, input));
  }

  @Mutation(() => RegisterNumberPayload, {
    description: 'Registers a connected number at WhatsApp; if WhatsApp had stopped it for want of that, it sends again.',
  })
  @Can('numbers:manage')
  registerNumber(@Arg('input', () => RegisterNumberInput) input: RegisterNumberInput, @Ctx() ctx: Context) {
    return payload(() => registerNumber(ctx, input));
  }

  @Mutation(() => ReplaceNumberTokenPayload, {
    description: 'Gives a number another access token; if WhatsApp had stopped it, it sends again.',
  })
  @Can('numbers:manage')
  replaceNumberToken(@Arg('input', () => ReplaceNumberTokenInput) input: ReplaceNumberTokenInput, @Ctx() ctx: Context) {
    return payload(() => replaceNumberToken(ctx, input));
  }

  @Mutation(() => DisconnectNumberPayload, {
    description: "Ends a number's use here and forgets its token; its conversations stay.",
  })
  @Can('numbers:manage')
  disconnectNumber(@Arg('input', () => DisconnectNumberInput) input: DisconnectNumberInput, @Ctx() ctx: Context) {
    return payload(() => disconnectNumber(ctx, input));
  }
}
