import { createHmac } from 'node:crypto'

/**
 * The end of the address at which an installation is begun, once: as long as nobody can log in. Told to whoever starts the
 * program, who could read the secret that it is made of as well.
 * @param {string} secret APP_KEY
 */
export function setupCode(secret) {
  return createHmac('sha256', secret).update('setup').digest('base64url').slice(0, 22)
}
