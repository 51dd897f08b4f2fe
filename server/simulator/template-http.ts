import type { TemplateComponentDefinition, TemplateDefinition } from '../src/whatsapp/wire.ts';
import { faultOfComponents, faultOfTemplate } from './check-new-template.ts';
import { type GraphCall, MetaRefusal, page, pick, refuse, refuseUnknown } from './graph-call.ts';
import { templateRefusal } from './meta-errors.ts';
import type { AccountState } from './number-state.ts';
import { reviewTemplate } from './review-template.ts';
import type { Fields, Invalid } from './shapes.ts';
import { postTemplateStatus } from './template-webhooks.ts';
import { type Template, normal } from './templates.ts';
import type { World } from './world.ts';

const TEMPLATES_MAX = 250;
const DAY_MS = 24 * 3_600_000;
const LIST_FIELDS = 'name,parameter_format,components,language,status,category,id';
const DEFINITION_FIELDS = new Set([
  'name',
  'language',
  'category',
  'parameter_format',
  'message_send_ttl_seconds',
  'allow_category_change',
  'components',
  'cta_url_link_tracking_opted_out',
  'access_token',
]);

/** `/{account}/message_templates`: create, list, delete. */
export function answerTemplates(call: GraphCall, { wabaId }: AccountState): object {
  if (call.method === 'POST') return create(call, wabaId);
  if (call.method === 'GET') return list(call, wabaId);
  return call.method === 'DELETE' ? remove(call, wabaId) : refuseUnknown(call.method, call.id);
}

/** `/{template}`: look at it, edit it, take a pause back. */
export function answerTemplate(call: GraphCall, template: Template): object {
  const { world, method, edge, query, id } = call;
  if (method === 'GET' && edge === undefined) return shown(world, template, query.get('fields') ?? LIST_FIELDS);
  if (method === 'POST' && edge === undefined) return edit(call, template);
  if (method !== 'POST' || edge !== 'unpause') return refuseUnknown(method, id);
  if (template.status !== 'PAUSED') refuse(100, 'The template is not paused');
  if (template.pause !== 'RATE_LIMITING_PAUSE') return { success: false, reason: 'A pause for low quality ends by itself' };
  template.status = 'APPROVED';
  postTemplateStatus(world, template, 'APPROVED', {
    other_info: { title: 'UNPAUSE', description: 'The template can be sent again.' },
  });
  return { success: true };
}

function create(call: GraphCall, wabaId: string): object {
  const { world, fields, now } = call;
  for (const key of Object.keys(fields)) if (!DEFINITION_FIELDS.has(key)) refuse(100, `Unexpected key "${key}" on param`);
  const definition = { ...fields, components: unpacked(fields.components) } as unknown as TemplateDefinition;
  refuseFaulty(world, faultOfTemplate(definition, knowsHandle(world)));
  const { name, language } = definition;
  if (world.templates.find(wabaId, name, language)) refuseTemplate(world, 2388024, 'Content in this language already exists');
  if (world.templates.isLocked(wabaId, name, now)) refuseTemplate(world, 2388023, 'A deleted name cannot be used for 30 days');
  const others = world.templates.of(wabaId);
  if (others.length >= TEMPLATES_MAX) refuseTemplate(world, 2388019, `The account has ${TEMPLATES_MAX} templates`);
  const sibling = others.find((other) => other.name === name);
  if (sibling && sibling.category !== definition.category.toUpperCase())
    refuse(100, `The category of ${name} is ${sibling.category} in its other languages`);
  if (!world.templates.mayCreate(wabaId, world.settings.templatesPerHour, now)) refuse(80007, 'Too many templates in an hour');
  const template = world.templates.add(wabaId, definition, 'PENDING');
  world.follow(reviewTemplate(world, template));
  return { id: template.id, status: template.status, category: template.category };
}

function list(call: GraphCall, wabaId: string): object {
  const { world, query } = call;
  const asked = (name: string) => query.get(name)?.toLowerCase();
  const fits = (template: Template): boolean =>
    (asked('status') ?? template.status.toLowerCase()).split(',').includes(template.status.toLowerCase()) &&
    template.name.includes(asked('name') ?? '') &&
    (query.get('language') ?? template.language) === template.language &&
    (asked('category') ?? template.category.toLowerCase()) === template.category.toLowerCase() &&
    (asked('quality_score') ?? template.quality.toLowerCase()) === template.quality.toLowerCase() &&
    JSON.stringify(template.components)
      .toLowerCase()
      .includes(asked('content') ?? '');
  const found = world.templates.of(wabaId).filter(fits);
  return page(
    call,
    found.map((template) => shown(world, template, query.get('fields') ?? LIST_FIELDS)),
  );
}

function edit({ world, fields, now }: GraphCall, template: Template): object {
  const { category, message_send_ttl_seconds: ttl } = fields;
  const components = unpacked(fields.components);
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status))
    refuse(100, `A template that is ${template.status} cannot be edited`);
  if (category !== undefined && template.status === 'APPROVED')
    refuse(100, 'The category of an approved template cannot be changed');
  if (template.status === 'APPROVED' && !mayEdit(template, now))
    refuse(100, 'An approved template: once a day and 10 times in 30 days');
  const wanted = { ...definitionOf(template), ...(category !== undefined && { category: String(category) }) };
  if (components !== undefined) wanted.components = components as TemplateDefinition['components'];
  if (ttl !== undefined) wanted.message_send_ttl_seconds = Number(ttl);
  const how = { isNamed: template.isNamed, category: wanted.category.toUpperCase(), knowsHandle: knowsHandle(world) };
  refuseFaulty(world, components === undefined ? undefined : faultOfComponents(components, how));
  refuseFaulty(
    world,
    faultOfTemplate(wanted, () => true),
  );
  template.edits.push(now);
  template.category = wanted.category.toUpperCase();
  template.components = wanted.components.map(normal);
  if (wanted.message_send_ttl_seconds !== undefined) template.ttlSeconds = Number(wanted.message_send_ttl_seconds);
  template.status = 'PENDING';
  world.follow(reviewTemplate(world, template));
  return { success: true };
}

function mayEdit({ edits }: Template, now: number): boolean {
  const recent = edits.filter((at) => at > now - 30 * DAY_MS);
  return recent.length < 10 && recent.every((at) => at <= now - DAY_MS);
}

function remove({ world, query, fields, now }: GraphCall, wabaId: string): object {
  const given = (name: string) => query.get(name) ?? (typeof fields[name] === 'string' ? fields[name] : null);
  const [name, id, ids] = [given('name'), given('hsm_id'), unpacked(fields.hsm_ids)];
  const wanted = world.templates.of(wabaId).filter((template) => {
    if (Array.isArray(ids)) return ids.map(String).includes(template.id);
    return template.name === name && (id === null || template.id === id);
  });
  if (Array.isArray(ids) ? ids.length > 100 || name !== null : name === null)
    refuse(131008, 'name, or hsm_ids alone, is required');
  if (wanted.length === 0) refuse(100, 'Message template not found');
  if (wanted.some(({ status }) => status === 'DISABLED')) refuse(100, 'A disabled template cannot be deleted');
  for (const template of wanted) {
    world.templates.delete(template, now);
    postTemplateStatus(world, template, 'DELETED');
  }
  return { success: true };
}

/** A template as it is listed; the files of headers, those of cards too, come as addresses. */
export function shown(world: World, template: Template, asked: string): Fields {
  const components = template.components.map((component) => withAddresses(world, component));
  const { id, name, language, status, category, correctCategory, isNamed, quality, rejectedReason, ttlSeconds } = template;
  const all = {
    id,
    name,
    language,
    status,
    category,
    components,
    parameter_format: isNamed ? 'NAMED' : 'POSITIONAL',
    correct_category: correctCategory,
    quality_score: { score: quality, date: Math.floor(world.now() / 1000) },
    rejected_reason: rejectedReason,
    message_send_ttl_seconds: ttlSeconds,
  };
  return pick(all, asked);
}

function withAddresses(world: World, component: TemplateComponentDefinition): TemplateComponentDefinition {
  const handle = component.example?.header_handle?.[0];
  const cards = component.cards?.map((card) => ({ components: card.components.map((part) => withAddresses(world, part)) }));
  if (handle === undefined) return cards ? { ...component, cards } : component;
  const address = `${world.url}/sample/${encodeURIComponent(handle)}`;
  return { ...component, example: { ...component.example, header_handle: [address] } };
}

function definitionOf({ name, language, category, isNamed, components, ttlSeconds }: Template): TemplateDefinition {
  const parameter_format = isNamed ? 'NAMED' : 'POSITIONAL';
  return { name, language, category, parameter_format, components, message_send_ttl_seconds: ttlSeconds };
}

/** A handle of this run; after a restart, or from elsewhere, any that looks like one is believed. */
function knowsHandle(world: World): (handle: string) => boolean {
  return (handle) =>
    world.uploads.byHandle(handle) !== undefined ||
    handle.startsWith(`${world.url}/sample/`) ||
    (world.settings.trustUnseen && handle.startsWith('4::'));
}

/** Forms carry lists as JSON text. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function refuseFaulty(world: World, wrong: Invalid | undefined): void {
  if (wrong) refuseTemplate(world, wrong.code, wrong.details);
}

function refuseTemplate({ settings }: World, code: number, details: string): never {
  throw new MetaRefusal(templateRefusal(code, details, settings.templateSubcodes));
}
