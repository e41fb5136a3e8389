import { defineConfig } from 'vitest/config';
import { projectTables } from './data';

const server = process.env['ISNAD_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/',
  appType: 'mpa',
  plugins: [projectTables()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the server's content security policy allows no data: fonts
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'ar/index.html', 'en/index.html'] },
  },
  server: { proxy: { '/api': server } }, // npm run dev beside a running isnad serve
  test: { include: ['**/*.test.ts'], hookTimeout: 120_000, fileParallelism: false },
});
