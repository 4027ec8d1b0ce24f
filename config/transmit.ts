import { defineConfig } from '@adonisjs/transmit'
import { BUS } from '#app/shared/announce'
import { PostgresTransport } from '#app/shared/postgres_transport'

export default defineConfig({
  pingInterval: '30s',
  transport: { driver: () => new PostgresTransport(), channel: BUS },
})
