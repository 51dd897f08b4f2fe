const typing = 'input, textarea, select, [contenteditable], dialog, [role="menu"], [role="dialog"]';

/**
 * The key of a shortcut by its place on the keyboard, so that J is J on an Arabic layout too. Null while somebody types, holds
 * a modifier, composes a character, or has a menu or a dialog open.
 */
export function bareKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.target instanceof Element && event.target.closest(typing)) return null;
  return event.code;
}
