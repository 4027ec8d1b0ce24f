import { Env } from '@adonisjs/core/env'

export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  /** Set to true where a proxy in front serves HTTPS: cookies then travel over HTTPS only. */
  HTTPS: Env.schema.boolean.optional(),
  TRUST_PROXY: Env.schema.boolean.optional(),
  LOG_LEVEL: Env.schema.enum([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),
  /** Protects cookies and sessions. */
  APP_KEY: Env.schema.secret(),
  /** Wraps data keys; several, newest first, separated by commas. */
  SEALING_KEYS: Env.schema.secret(),
  /** Another PostgreSQL than the embedded one. */
  DATABASE_URL: Env.schema.string.optional(),
  DATABASE_OWNER_URL: Env.schema.string.optional(),
  /** The folder of sealed files; default storage/files. */
  FILES_PATH: Env.schema.string.optional(),
  /** The folder of back-ups, better on another disk; default storage/backups. */
  BACKUP_PATH: Env.schema.string.optional(),
  /** Keys go into back-ups under this; without it they are kept apart. */
  BACKUP_PASSPHRASE: Env.schema.secret.optional(),
  /** Where Prometheus reads figures, on this machine alone unless METRICS_HOST says otherwise; none without it. */
  METRICS_PORT: Env.schema.number.optional(),
  METRICS_HOST: Env.schema.string.optional({ format: 'host' }),
  /** The secret by which the telephone system signs its messages (POST /hooks/calls). */
  CALL_HOOK_SECRET: Env.schema.secret.optional(),
  /** The city's directory, by which people may sign in (OpenID Connect). */
  OIDC_ISSUER: Env.schema.string.optional({ format: 'url', tld: false }),
  OIDC_CLIENT_ID: Env.schema.string.optional(),
  OIDC_CLIENT_SECRET: Env.schema.secret.optional(),
  /** By which of the directory's claims people are known; default preferred_username. */
  OIDC_NAME_CLAIM: Env.schema.string.optional(),
  /** The header in which the proxy hands on the certificate of the machine at hand, which it has checked. */
  CLIENT_CERTIFICATE_HEADER: Env.schema.string.optional(),
  /** Folders that bring kinds of their own (docs/extending.md), separated by commas. */
  EXTENSIONS: Env.schema.string.optional(),
  /** Set to false where it isn't the demo city that is shown. */
  DEMO: Env.schema.boolean.optional(),
  /** The beginning of the QR codes on this installation's paper. */
  INSTALLATION: Env.schema.string(),
})
