import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { thirdParty } from './third-party.mjs';

// Entries keep their names because pages link to them with a version; chunks carry their hash and never change.
export default defineConfig({
  base: '/assets/',
  publicDir: false,
  plugins: [thirdParty(fileURLToPath(new URL('../../../target/third-party-web.json', import.meta.url)))],
  build: {
    outDir: process.env.REGIE_WEB_OUT ?? '../../../target/web/io/regie/core/web/assets',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { player: 'player/regie-player.ts', studio: 'studio/studio.ts', previews: 'preview/previews.ts' },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        assetFileNames: '[name][extname]',
        // What elements share with the frame must not lie in the entry: they would load it again by another address.
        manualChunks: (id) => (/\/web\/studio\/(?!studio\.)[a-z]+\.ts$/.test(id) ? 'frame' : undefined),
      },
    },
  },
});
