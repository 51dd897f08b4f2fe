const names = {
  MARKETING: 'template.MARKETING',
  UTILITY: 'template.UTILITY',
  AUTHENTICATION: 'template.AUTHENTICATION',
  SERVICE: 'template.SERVICE',
} as const;

/** The key of what a category is called; null for one that this version does not know. */
export function categoryName(category: string | null | undefined): (typeof names)[keyof typeof names] | null {
  return category && Object.hasOwn(names, category) ? names[category as keyof typeof names] : null;
}
