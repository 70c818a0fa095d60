import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'journeys/**/*.test.ts'],
    environment: 'node',
    // Vitest gives the second name to its own base path.
    env: { LOG_LEVEL: 'silent', BASE_URL: 'http://localhost:3000' },
    globalSetup: 'src/ground/testing-cluster.server.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
