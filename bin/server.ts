/** Boots the application and serves it over HTTP. */
import { prettyPrintError } from '@adonisjs/core'
import { ignitor } from './ignitor.js'

ignitor()
  .tap((app) => {
    process.once('disconnect', () => app.terminate())
    process.channel?.unref()
    app.ready(async () => {
      const server = await app.container.make('server')
      const { default: env } = await import('#start/env')
      const metricsPort = env.get('METRICS_PORT')
      if (metricsPort) {
        const { serveMetrics } = await import('#app/center/health/metrics')
        const metrics = serveMetrics(metricsPort, env.get('METRICS_HOST') ?? '127.0.0.1')
        app.terminating(() => void metrics.close())
      }
      // Streams of open screens would keep the server from closing.
      app.terminating(() => server.getNodeServer()?.closeAllConnections())
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
  })
  .httpServer()
  .start()
  .catch(async (error) => {
    await prettyPrintError(error)
    // What was booted keeps it alive: whoever waits for its end to start it again would wait for ever.
    process.exit(1)
  })
