import ViteProvider from '@adonisjs/vite/vite_provider'

/**
 * Screens use what `bin/setup/assets.js` has built, tests too: Vite's own server isn't started. It would watch every
 * file below the root, the database's and those that tests write among them.
 */
export default class AssetsProvider extends ViteProvider {
  override async start(): Promise<void> {}

  override async shutdown(): Promise<void> {}
}
