import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { CreateTemplateInput, EditTemplateInput } from './create-template-input.ts';
import { createTemplate } from './create-template.ts';
import { deleteTemplate } from './delete-template.ts';
import { editTemplate } from './edit-template.ts';
import { submitTemplate } from './submit-template.ts';
import { Template } from './template.ts';
import { unpauseTemplate } from './unpause-template.ts';

@InputType({ description: 'Which draft shall go to Meta.' })
export class SubmitTemplateInput {
  @Field(() => ID, { description: "The template's id." })
  templateId!: string;
}

@InputType({ description: 'Which template shall be sent again.' })
export class UnpauseTemplateInput {
  @Field(() => ID, { description: "The template's id." })
  templateId!: string;
}

@InputType({ description: 'Which template shall be deleted.' })
export class DeleteTemplateInput {
  @Field(() => ID, { description: "The template's id." })
  templateId!: string;
}

@ObjectType({ description: 'The outcome of writing a template.' })
@Can('templates:read')
export class CreateTemplatePayload {
  @Field(() => Template, { nullable: true, description: 'As it is now.' })
  template?: Template;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of handing a draft to Meta.' })
@Can('templates:read')
export class SubmitTemplatePayload {
  @Field(() => Template, { nullable: true, description: 'As it is now.' })
  template?: Template;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of changing a template.' })
@Can('templates:read')
export class EditTemplatePayload {
  @Field(() => Template, { nullable: true, description: 'As it is now.' })
  template?: Template;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of taking back the pause of a template.' })
@Can('templates:read')
export class UnpauseTemplatePayload {
  @Field(() => Template, { nullable: true, description: 'As it is now.' })
  template?: Template;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of deleting a template.' })
@Can('templates:read')
export class DeleteTemplatePayload {
  @Field(() => ID, { nullable: true, description: 'The id of what is gone.' })
  deletedId?: string;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class ChangeTemplatesResolver {
  @Mutation(() => CreateTemplatePayload, {
    description: 'Writes a template and hands it to Meta, or keeps it as a draft. What Meta refuses stays as a draft.',
  })
  @Can('templates:manage')
  createTemplate(@Arg('input', () => CreateTemplateInput) input: CreateTemplateInput, @Ctx() ctx: Context) {
    return payload(() => createTemplate(ctx, input));
  }

  @Mutation(() => SubmitTemplatePayload, { description: 'Hands a draft to Meta.' })
  @Can('templates:manage')
  submitTemplate(@Arg('input', () => SubmitTemplateInput) input: SubmitTemplateInput, @Ctx() ctx: Context) {
    return payload(() => submitTemplate(ctx, input));
  }

  @Mutation(() => EditTemplatePayload, {
    description: 'Changes a template; Meta looks at it again. An approved one once in 24 hours, 10 times in 30 days.',
  })
  @Can('templates:manage')
  editTemplate(@Arg('input', () => EditTemplateInput) input: EditTemplateInput, @Ctx() ctx: Context) {
    return payload(() => editTemplate(ctx, input));
  }

  @Mutation(() => UnpauseTemplatePayload, {
    description: 'Takes back the pause of a template that Meta paced. A pause because of its quality ends by itself.',
  })
  @Can('templates:manage')
  unpauseTemplate(@Arg('input', () => UnpauseTemplateInput) input: UnpauseTemplateInput, @Ctx() ctx: Context) {
    return payload(() => unpauseTemplate(ctx, input));
  }

  @Mutation(() => DeleteTemplatePayload, {
    description: 'Deletes a template, at Meta too. The name of one that was approved is taken for 30 days more.',
  })
  @Can('templates:manage')
  deleteTemplate(@Arg('input', () => DeleteTemplateInput) input: DeleteTemplateInput, @Ctx() ctx: Context) {
    return payload(() => deleteTemplate(ctx, input));
  }
}
