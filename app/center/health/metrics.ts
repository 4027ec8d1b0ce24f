import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Gauge as Metric, Registry } from 'prom-client'
import { gauges } from '#app/core/gauges'

/**
 * Serves the gauges and the process's own figures as Prometheus reads them, on a port of their own: whoever may reach
 * the product need not reach this.
 */
export function serveMetrics(port: number, host: string): Server {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'hashiwatashi_' })
  const metrics = gauges.all().map(({ name, unit, read }) => ({
    read,
    metric: new Metric({
      name: `hashiwatashi_${name}${unit === 'count' ? '' : `_${unit}`}`,
      help: `${name} (docs/operations.md)`,
      registers: [registry],
    }),
  }))
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    for (const { metric, read } of metrics) {
      const value = await read().catch(() => Number.NaN)
      if (value === null) metric.remove()
      else metric.set(value)
    }
    response.writeHead(200, { 'content-type': registry.contentType })
    response.end(await registry.metrics())
  })
  return server.listen(port, host)
}
