import type { Plugin } from 'vite';

const announcer = /(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/;

/**
 * Takes the inline style off SvelteKit's route announcer: under `style-src 'self'` the browser refuses it and says so on every page.
 * `screens.css` hides the announcer instead. Throws when SvelteKit no longer has it there.
 */
export function announcerWithoutInlineStyle(): Plugin {
  return {
    name: 'announcer-without-inline-style',
    enforce: 'pre',
    transform: {
      filter: { id: /kit\/src\/runtime\/components\/root\.svelte$/ },
      handler(code) {
        if (!announcer.test(code)) throw new Error('The route announcer carries no inline style any more: drop this plugin.');
        return code.replace(announcer, '$1');
      },
    },
  };
}
