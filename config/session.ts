import env from '#start/env'
import { configProvider } from '@adonisjs/core'
import { defineConfig, stores } from '@adonisjs/session'
import type { SessionStoreFactory } from '@adonisjs/session/types'
import { SessionStore } from '#app/people/session_store'

const people = configProvider.create(async (app): Promise<SessionStoreFactory> => {
  const [database, cookie] = await Promise.all([
    // Expired ones are cleaned up by the worker.
    stores.database({ tableName: 'sessions', gcProbability: 0 }).resolver(app),
    stores.cookie().resolver(app),
  ])
  return (ctx, config) => new SessionStore(database(ctx, config), cookie(ctx, config))
})

export default defineConfig({
  enabled: true,
  cookieName: 'hashiwatashi-session',
  clearWithBrowser: true,
  age: '10h',
  cookie: { path: '/', httpOnly: true, secure: env.get('HTTPS', false), sameSite: 'lax' },
  store: 'people',
  stores: { people },
})
