import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, services } from '@adonisjs/drive'

/** Sealed files only: nothing on this disk can be read without its data key, so nothing is served from it. */
const driveConfig = defineConfig({
  default: 'sealed',
  services: {
    sealed: services.fs({
      location: env.get('FILES_PATH') ?? app.makePath('storage/files'),
      serveFiles: false,
      visibility: 'private',
    }),
  },
})

export default driveConfig

declare module '@adonisjs/drive/types' {
  export interface DriveDisks extends InferDriveDisks<typeof driveConfig> {}
}
