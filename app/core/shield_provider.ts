import edge from 'edge.js'
import type { ApplicationService } from '@adonisjs/core/types'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'

/** One shield for all requests: the package's own provider makes a new one for each, and loads Edge anew for it. */
export default class ShieldProvider {
  constructor(protected app: ApplicationService) {}

  register(): void {
    this.app.container.singleton(ShieldMiddleware, async (resolver) => {
      const encryption = await resolver.make('encryption')
      return new ShieldMiddleware(this.app.config.get('shield'), encryption.use(), edge)
    })
  }
}
