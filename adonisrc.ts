import { indexEntities } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  directories: { database: 'database', migrations: 'database/migrations' },

  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('#app/core/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('#app/core/assets_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('@adonisjs/drive/drive_provider'),
    { file: () => import('@adonisjs/transmit/transmit_provider'), environment: ['web', 'test'] },
    () => import('#app/reading/recognition_provider'),
  ],

  preloads: [
    () => import('#start/kinds'),
    { file: () => import('#start/routes'), environment: ['web', 'test'] },
    { file: () => import('#start/kernel'), environment: ['web', 'test'] },
    { file: () => import('#start/view'), environment: ['web', 'test'] },
  ],

  metaFiles: [
    { pattern: 'resources/**', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],

  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: 60_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: 180_000 },
      { name: 'browser', files: ['tests/browser/**/*.spec.ts'], timeout: 300_000 },
      // Asked for by name alone: `npm run screens`.
      { name: 'pictures', files: ['tests/pictures/**/*.spec.ts'], timeout: 600_000 },
    ],
    forceExit: true,
  },

  hooks: {
    init: [
      indexEntities({
        controllers: { source: './app', glob: ['**/*_controller.ts'], importAlias: '#app' },
        events: { enabled: false },
        listeners: { enabled: false },
        transformers: { enabled: false },
      }),
    ],
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
