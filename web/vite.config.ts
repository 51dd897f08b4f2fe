import adapterStatic from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { documentStrings } from './document-strings.ts';
import { announcerWithoutInlineStyle } from './announcer-style.ts';
import { externalBootstrap } from './external-bootstrap.ts';

const server = process.env.CUBE_SERVER ?? 'http://localhost:4000';

export default defineConfig({
  plugins: [
    documentStrings(),
    announcerWithoutInlineStyle(),
    sveltekit({ adapter: externalBootstrap(adapterStatic({ fallback: 'index.html' })) }),
  ],
  build: { target: 'es2022' },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/simulator/api': { target: server },
    },
  },
});
