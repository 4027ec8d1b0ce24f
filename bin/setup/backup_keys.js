/**
 * The secrets of an installation under a passphrase, as they lie in a back-up: AES-256-GCM, its key by scrypt
 * (N = 2^17, r = 8, p = 1). Plain JavaScript, because a restore opens them before anything else runs.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }

/** What a restored installation needs to open what it has sealed, and to know its own paper. */
export const KEPT_SECRETS = ['INSTALLATION', 'APP_KEY', 'SEALING_KEYS', 'CALL_HOOK_SECRET']

/**
 * @param {Record<string, string>} secrets
 * @param {string} passphrase
 * @returns {{ salt: string, nonce: string, tag: string, sealed: string }} base64
 */
export function sealSecrets(secrets, passphrase) {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, COST), nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()])
  return {
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  }
}

/**
 * @param {{ salt: string, nonce: string, tag: string, sealed: string }} kept
 * @param {string} passphrase
 * @returns {Record<string, string> | null} null where the passphrase is another
 */
export function openSecrets(kept, passphrase) {
  const bytes = (/** @type {string} */ text) => Buffer.from(text, 'base64')
  const key = scryptSync(passphrase, bytes(kept.salt), 32, COST)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(kept.nonce))
  decipher.setAuthTag(bytes(kept.tag))
  try {
    return JSON.parse(
      Buffer.concat([decipher.update(bytes(kept.sealed)), decipher.final()]).toString('utf8')
    )
  } catch {
    return null
  }
}
