import { defineConfig } from '@adonisjs/transmit'
import { BUS } from '#app/core/announce'
import { PostgresTransport } from '#app/core/postgres_transport'

export default defineConfig({
  pingInterval: '30s',
  transport: { driver: () => new PostgresTransport(), channel: BUS },
})
