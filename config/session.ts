import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/session'

export default defineConfig({
  enabled: true,
  cookieName: 'hashiwatashi-session',
  clearWithBrowser: true,
  age: '10h',
  cookie: { path: '/', httpOnly: true, secure: env.get('HTTPS', false), sameSite: 'lax' },
  store: 'database',
  stores: { database: stores.database({ tableName: 'sessions' }) },
})
