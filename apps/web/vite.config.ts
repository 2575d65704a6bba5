import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { elementStyles } from './build/element-styles.js';
import { precompressed } from './build/precompressed.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the API of a developer's own server is; the page itself comes from Vite then. */
const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here('.'),
  plugins: [vue(), elementStyles(), precompressed()],
  resolve: { alias: [{ find: /^#libs\//u, replacement: here('../../libs/') }] },
  build: {
    outDir: here('../../dist/apps/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy lets fonts and images come from files of this server only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    // A style sheet of its own: the page that explains the API uses the same font.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'font', test: /noto-sans-sc/u }] } } },
  },
  server: { proxy: { '/api': { target: api, changeOrigin: true }, '/docs': api, '/openapi.json': api } },
});
