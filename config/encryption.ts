import env from '#start/env'
import { defineConfig, drivers } from '@adonisjs/core/encryption'

/**
 * `app` protects cookies and sessions. `sealing` wraps the data keys under which personal data
 * is sealed, and makes the blind indexes; its keys stand newest first and are never shared with
 * the former, so that either can be rotated alone.
 */
const encryptionConfig = defineConfig({
  default: 'app',
  list: {
    app: drivers.aes256gcm({ id: 'app', keys: [env.get('APP_KEY').release()] }),
    sealing: drivers.aes256gcm({
      id: 'sealing',
      keys: env.get('SEALING_KEYS').release().split(','),
    }),
  },
})

export default encryptionConfig

declare module '@adonisjs/core/types' {
  export interface EncryptorsList extends InferEncryptors<typeof encryptionConfig> {}
}
