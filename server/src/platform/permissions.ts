/** What a credential may do. Roles and API keys are sets of these. */
export const PERMISSIONS = [
  'inbox:read',
  'inbox:reply',
  'inbox:manage',
  'messages:text',
  'contacts:read',
  'contacts:phone',
  'contacts:manage',
  'numbers:read',
  'numbers:manage',
  'templates:read',
  'templates:manage',
  'webhooks:manage',
  'members:read',
  'members:email',
  'keys:manage',
  'events:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** A field's policy: open to anyone, to any credential, or to those who hold a permission. */
export type Policy = Permission | 'anyone' | 'credential';

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}
