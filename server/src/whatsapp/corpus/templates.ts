import { AT, envelope, news, type Payload } from './payload.ts';

const raw = { message_template_id: 5501, message_template_name: 'order_ok', message_template_language: 'en-US' };
const template = { templateId: '5501', name: 'order_ok', language: 'en_US' };
const STATUS = 'message_template_status_update';

/** What becomes of templates: every event, every word of a pause, and news under the wrong field. */
export const TEMPLATES: readonly Payload[] = [
  ...[
    'APPROVED',
    'ARCHIVED',
    'DELETED',
    'FLAGGED',
    'IN_APPEAL',
    'LIMIT_EXCEEDED',
    'LOCKED',
    'PENDING',
    'REINSTATED',
    'PENDING_DELETION',
  ].map((event) => news(STATUS, event, { ...raw, event, reason: 'NONE' }, { kind: 'template-status', ...template, event })),
  news(
    STATUS,
    'REJECTED, with what to do beside the reason',
    {
      ...raw,
      event: 'REJECTED',
      message_template_category: 'UTILITY',
      reason: 'INVALID_FORMAT',
      rejection_info: { reason: 'Too short', recommendation: 'Write more' },
    },
    {
      kind: 'template-status',
      ...template,
      event: 'REJECTED',
      category: 'UTILITY',
      reason: 'INVALID_FORMAT',
      description: 'Too short',
      recommendation: 'Write more',
    },
  ),
  {
    name: `${STATUS}: REJECTED, with what to do beside the value`,
    body: envelope(
      STATUS,
      { ...raw, event: 'REJECTED', reason: null },
      { time: 1_790_000_000, beside: { rejection_info: { reason: 'Too short', recommendation: 'Write more' } } },
    ),
    reads: {
      at: AT,
      notices: [
        { kind: 'template-status', ...template, event: 'REJECTED', description: 'Too short', recommendation: 'Write more' },
      ],
    },
  },
  news(
    STATUS,
    'PAUSED',
    { ...raw, event: 'PAUSED', reason: null, other_info: { title: 'FIRST_PAUSE', description: 'Low quality' } },
    { kind: 'template-status', ...template, event: 'PAUSED', detail: 'FIRST_PAUSE', description: 'Low quality' },
  ),
  news(
    STATUS,
    'DISABLED',
    { ...raw, event: 'DISABLED', disable_info: { disable_date: 1790000000 }, other_info: { title: 'DISABLED' } },
    { kind: 'template-status', ...template, event: 'DISABLED', detail: 'DISABLED', disabledAt: AT },
  ),
  news(
    STATUS,
    'a change of quality under the wrong name',
    { ...raw, previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' },
    { kind: 'template-quality', ...template, quality: 'YELLOW', previous: 'GREEN' },
  ),
  news(
    'message_template_quality_update',
    'worse',
    { ...raw, previous_quality_score: 'YELLOW', new_quality_score: 'RED' },
    { kind: 'template-quality', ...template, quality: 'RED', previous: 'YELLOW' },
  ),
  news(
    'message_template_components_update',
    'other words',
    {
      ...raw,
      message_template_element: 'body',
      message_template_title: 'T',
      message_template_buttons: [{ message_template_button_type: 'URL', message_template_button_text: 'Track' }],
    },
    { kind: 'template-components', ...template },
  ),
  news(
    'template_category_update',
    'to come',
    { ...raw, new_category: 'UTILITY', correct_category: 'MARKETING', category_update_timestamp: 1790000000 },
    { kind: 'template-category', ...template, category: 'UTILITY', coming: 'MARKETING', comingAt: AT },
  ),
  news(
    'template_category_update',
    'done',
    { ...raw, previous_category: 'UTILITY', new_category: 'MARKETING' },
    { kind: 'template-category', ...template, category: 'MARKETING', previous: 'UTILITY' },
  ),
];
