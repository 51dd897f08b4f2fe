import { collect, type Whole } from './collect-pages.ts';
import { type Graph, part } from './graph.ts';
import { type Outcome, refusal } from './outcome.ts';
import { languageOf, wordOf } from './read-account.ts';
import { idOf, isJson, objectOf, wordsOf } from './read-json.ts';
import { readComponents, type TemplateComponent } from './template-components.ts';

export type ParameterFormat = 'NAMED' | 'POSITIONAL';
export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';

/** A template to be made. */
export interface TemplateDefinition {
  name: string;
  /** Such as `en_US`. */
  language: string;
  category: TemplateCategory;
  /** Default POSITIONAL. */
  parameterFormat?: ParameterFormat;
  components: TemplateComponent[];
  /** After which WhatsApp gives up. */
  ttlSeconds?: number;
}

/** A template as Meta has it. Words in capitals are Meta's own and may grow. */
export interface TemplateAtMeta {
  templateId: string;
  name: string;
  language: string;
  /** APPROVED, PENDING, REJECTED, PAUSED, DISABLED, IN_APPEAL, PENDING_DELETION, DELETED, LIMIT_EXCEEDED, ARCHIVED. */
  status: string;
  category: string;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
  /** GREEN, YELLOW, RED or UNKNOWN. */
  quality?: string;
  rejectedReason?: string;
}

/** What Meta made of a template. */
export interface TemplateMade {
  templateId: string;
  status: string;
  /** Meta may choose another. */
  category?: string;
}

/** Only what is named is changed; components are given all of them. */
export interface TemplateEdit {
  components?: TemplateComponent[];
  category?: TemplateCategory;
  ttlSeconds?: number;
}

const FIELDS = 'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

/** The templates of an account, up to 10,000. */
export function listTemplates(
  graph: Graph,
  wabaId: string,
  token: string,
  { pageSize = 50 } = {},
): Promise<Outcome<Whole<TemplateAtMeta>>> {
  const path = `${templatesPath(wabaId)}?fields=${FIELDS}`;
  return collect(graph, { path, token, limit: pageSize, maxPages: Math.ceil(10_000 / pageSize) }, readTemplate);
}

export function createTemplate(
  graph: Graph,
  wabaId: string,
  token: string,
  { name, language, category, parameterFormat = 'POSITIONAL', components, ttlSeconds }: TemplateDefinition,
): Promise<Outcome<TemplateMade>> {
  const parameter_format = parameterFormat.toLowerCase();
  const body = { name, language, category, parameter_format, components, message_send_ttl_seconds: ttlSeconds };
  return graph.ask(
    { method: 'POST', path: templatesPath(wabaId), token, body: JSON.stringify(body), timeoutMs: 30_000 },
    (answer) => {
      const templateId = isJson(answer) ? idOf(answer.id) : undefined;
      if (!isJson(answer) || templateId === undefined) return undefined;
      return { templateId, status: wordOf(answer.status) ?? 'PENDING', category: wordOf(answer.category) };
    },
  );
}

/** Changes a template, which Meta then looks at again. */
export function editTemplate(
  graph: Graph,
  templateId: string,
  token: string,
  { components, category, ttlSeconds }: TemplateEdit,
): Promise<Outcome<true>> {
  const body = JSON.stringify({ components, category, message_send_ttl_seconds: ttlSeconds });
  return graph.act({ method: 'POST', path: part(templateId), token, body, timeoutMs: 30_000 });
}

/** Deletes a template in one language, or without an id in all of them. The name of an approved one is taken for 30 days more. */
export function deleteTemplate(
  graph: Graph,
  wabaId: string,
  token: string,
  { name, templateId }: { name: string; templateId?: string },
): Promise<Outcome<true>> {
  const one = templateId === undefined ? '' : `hsm_id=${part(templateId)}&`;
  return graph.act({ method: 'DELETE', path: `${templatesPath(wabaId)}?${one}name=${part(name)}`, token });
}

/** Takes back the pause of a template that was paced. Where Meta leaves it paused, that is a refusal. */
export async function unpauseTemplate(graph: Graph, templateId: string, token: string): Promise<Outcome<true>> {
  const outcome = await graph.ask({ method: 'POST', path: `${part(templateId)}/unpause`, token }, (body) =>
    isJson(body) && typeof body.success === 'boolean' ? body : undefined,
  );
  if (outcome.kind !== 'done') return outcome;
  const { success, reason } = outcome.value;
  return success ? { kind: 'done', value: true } : refusal(null, wordsOf(reason) ?? 'The template stays paused');
}

function templatesPath(wabaId: string): string {
  return `${part(wabaId)}/message_templates`;
}

function readTemplate(raw: unknown): TemplateAtMeta | undefined {
  if (!isJson(raw)) return undefined;
  const templateId = idOf(raw.id);
  const name = idOf(raw.name);
  const language = languageOf(raw.language);
  const status = wordOf(raw.status);
  const category = wordOf(raw.category);
  if (templateId === undefined || name === undefined || language === undefined) return undefined;
  if (status === undefined || category === undefined) return undefined;
  const rejected = wordOf(raw.rejected_reason);
  return {
    templateId,
    name,
    language,
    status,
    category,
    parameterFormat: wordOf(raw.parameter_format) === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: readComponents(raw.components),
    quality: wordOf(objectOf(raw.quality_score).score),
    rejectedReason: rejected === 'NONE' ? undefined : rejected,
  };
}
