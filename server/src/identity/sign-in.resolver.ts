import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { ViewerType } from './viewer.resolver.ts';

@InputType({ description: 'How a person signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The e-mail of the account.' })
  email!: string;

  @Field(() => String, { description: 'Its password.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'The second factor, when the account has one.' })
  code?: string;
}

@ObjectType({ description: 'The outcome of signing in.' })
@Can('anyone')
export class SignInPayload {
  @Field(() => ViewerType, { nullable: true, description: 'Who is signed in now.' })
  viewer?: ViewerType;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of signing out.' })
@Can('anyone')
export class SignOutPayload {
  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class SignInResolver {
  @Mutation(() => SignInPayload, { description: 'Signs a person in: the answer carries the session cookie.' })
  @Can('anyone')
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() ctx: Context) {
    return payload(() => signIn(ctx, input));
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session: its cookie is cleared and its sockets are cut.' })
  @Can('anyone')
  signOut(@Ctx() ctx: Context) {
    return payload(() => signOut(ctx));
  }
}
